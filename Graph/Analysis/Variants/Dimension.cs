namespace Graph.Analysis.Variants;

/// <summary>
/// What scenarios differ in when they are compared with each other, number of processes by number of processes.
/// </summary>
internal enum Dimension
{
    /// <summary>The way in to the workers (PROXY).</summary>
    WayIn,

    /// <summary>The store that the workers share (STORE).</summary>
    Store,

    /// <summary>The connections (CONCURRENCY).</summary>
    Concurrency,
}
