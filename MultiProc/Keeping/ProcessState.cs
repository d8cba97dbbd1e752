namespace MultiProc.Keeping;

/// <summary>Where a supervised process is in its life.</summary>
internal enum ProcessState
{
    /// <summary>It does not run and will be started when its delay has passed.</summary>
    Waiting,

    /// <summary>It runs and has not answered its probe yet.</summary>
    Starting,

    /// <summary>It has answered its probe.</summary>
    Ready,

    /// <summary>It gets nothing new and ends what is under way, to be stopped then.</summary>
    Draining,

    /// <summary>It was told to stop and has not ended yet.</summary>
    Stopping,

    /// <summary>It failed to start too often and is tried once a minute only.</summary>
    Failed,

    /// <summary>It was told to stop, and has ended.</summary>
    Stopped,
}
