namespace MultiProc.WaysIn;

/// <summary>Where HAProxy reaches a worker: on its port, or on its unix socket where there is one.</summary>
internal sealed record SlotAddress(int Port, string? Socket)
{
    public const string Loopback = "127.0.0.1";

    /// <summary>As HAProxy's configuration has it.</summary>
    public override string ToString() => Socket is null ? FormattableString.Invariant($"{Loopback}:{Port}") : $"unix@{Socket}";
}
