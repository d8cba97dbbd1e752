namespace MultiProc.Keeping;

/// <summary>What a process says when it is asked whether it lives.</summary>
internal enum LifeSign
{
    /// <summary>Nothing, in time.</summary>
    None,

    /// <summary>A server's error: it runs, and says that it is not well.</summary>
    No,

    Yes,
}
