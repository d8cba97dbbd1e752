namespace Graph.Analysis.Comparing;

/// <summary>What the data say about a ratio of throughputs, against a margin that was declared beforehand.</summary>
internal enum Answer
{
    /// <summary>The interval lies above 1.</summary>
    Faster,

    /// <summary>The interval lies below 1.</summary>
    Slower,

    /// <summary>The whole interval lies within the margin.</summary>
    Equivalent,

    /// <summary>Nothing of this: the data can't tell.</summary>
    Inconclusive,
}
