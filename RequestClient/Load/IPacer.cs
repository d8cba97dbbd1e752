namespace RequestClient.Load;

/// <summary>When operations are due in an open loop, whatever the server does.</summary>
internal interface IPacer
{
    /// <summary>Operations that are due each second, on the whole.</summary>
    double RatePerSecond { get; }

    /// <summary>When operation number <paramref name="operation"/>, from 0, is due after the beginning.</summary>
    long DueNanoseconds(long operation);

    /// <summary>How many operations are due before the given time after the beginning.</summary>
    long DueBefore(TimeSpan elapsed);
}
