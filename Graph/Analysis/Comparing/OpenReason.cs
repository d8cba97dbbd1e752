namespace Graph.Analysis.Comparing;

/// <summary>Why a comparison has no answer, the gravest first.</summary>
internal enum OpenReason
{
    /// <summary>One of the two cells has none, so there is no rate.</summary>
    NoRightOperation,

    /// <summary>All runs of one of the two were invalid or disturbed.</summary>
    NoUsableRun,

    /// <summary>The input is a table of sums: the noise is not known.</summary>
    SumsOnly,

    /// <summary>No block holds both.</summary>
    NoCommonBlock,

    /// <summary>Fewer independent values than an answer takes.</summary>
    TooFewBlocks,

    /// <summary>As many blocks as it takes, on fewer starts of the servers: what shares a start tells no more than one.</summary>
    TooFewStarts,

    /// <summary>
    /// The smallest cell differs from itself under its second label, so nothing of this scenario can be trusted.
    /// </summary>
    ControlDiffers,

    /// <summary>The interval holds both 1 and a ratio beyond the margin.</summary>
    NotDecided,
}
