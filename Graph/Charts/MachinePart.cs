namespace Graph.Charts;

/// <summary>Who the machine's processors work for, from the ground of the stack up.</summary>
internal enum MachinePart
{
    Workers,
    Store,
    Proxy,
    Client,

    /// <summary>The kernel's own work that it does for no process, such as handling packets.</summary>
    Kernel,

    /// <summary>Whoever else ran on the machine.</summary>
    Others,

    /// <summary>The kernel and others, where records don't tell them apart.</summary>
    Rest,
}
