namespace MultiProc.Pooling;

/// <summary>A change of the pool that takes its time, and that somebody waits for.</summary>
internal interface IChange
{
    /// <summary>Whether it is made, or was given up.</summary>
    bool IsOver { get; }

    /// <summary>Why it was given up, and what to do; null while it goes on and when it is made.</summary>
    string? Problem { get; }

    /// <summary>What whoever asked should know although it was made; null when there is nothing.</summary>
    string? Note => null;

    /// <summary>What the log says once it is made; null for nothing.</summary>
    string? Success { get; }

    /// <summary>Takes as many steps as can be taken now.</summary>
    void Advance()
    {
    }
}
