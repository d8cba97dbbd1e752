namespace RequestClient.Load;

/// <summary>How far a virtual user came.</summary>
internal enum UserProgress
{
    /// <summary>Nothing more to do before the next readiness event.</summary>
    Waiting,

    /// <summary>The operation is done, and right.</summary>
    Finished,

    /// <summary>It is not: <see cref="VirtualUser.Failure"/> says how.</summary>
    Failed,
}
