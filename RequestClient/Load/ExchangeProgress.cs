namespace RequestClient.Load;

/// <summary>How far an exchange came.</summary>
internal enum ExchangeProgress
{
    /// <summary>Nothing more to do before the next readiness event.</summary>
    Pending,

    /// <summary>The connection that was to be opened is open.</summary>
    Opened,

    /// <summary>The reply came and is right.</summary>
    Replied,

    /// <summary>It did not, or is wrong: <see cref="Exchange.Failure"/> says how.</summary>
    Failed,
}
