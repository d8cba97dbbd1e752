using System.Globalization;

namespace MultiProc;

/// <summary>One worker: its number, where it listens, and its process.</summary>
internal sealed class Worker
{
    private static readonly TimeSpan ProbeTimeout = TimeSpan.FromSeconds(2);

    public Worker(int index, Settings settings, ReadinessProbe probe, Surroundings surroundings)
    {
        Index = index;
        Port = settings.PortOf(index);
        Process = new SupervisedProcess(
            Name,
            CommandTemplate.For(settings, index),
            cancellation => probe.WaitUntilReadyAsync(Port, settings.ReadyPath, ProbeTimeout, cancellation),
            surroundings);
    }

    /// <summary>From 1.</summary>
    public int Index { get; }

    public int Port { get; }

    /// <summary>Its name in logs, and of its slot in HAProxy.</summary>
    public string Name => "w" + Index.ToString(CultureInfo.InvariantCulture);

    public SupervisedProcess Process { get; }
}
