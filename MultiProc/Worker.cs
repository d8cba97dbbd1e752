using System.Globalization;
using MultiProc.Balancing;
using MultiProc.Limits;

namespace MultiProc;

/// <summary>One worker: its number, where it listens, and its process.</summary>
internal sealed class Worker
{
    public Worker(int index, Settings settings, ReadinessProbe probe, WorkerLimiter? limiter, Surroundings surroundings)
    {
        Index = index;
        Port = settings.PortOf(index);
        var command = CommandTemplate.For(settings, index);
        Process = new SupervisedProcess(
            new ProcessPlan
            {
                Name = Name,
                Command = limiter?.Confine(command, index) ?? command,
                Question = $"GET {settings.ReadyPath} on 127.0.0.1:{Port} with 200 to 399",
                UntilReady = (warm, cancellation) =>
                    probe.WaitUntilReadyAsync(Port, settings.ReadyPath, settings.ProbeTimeout, warm, cancellation),
                IsAlive = cancellation => probe.IsAliveAsync(Port, settings.LivePath, settings.ProbeTimeout, cancellation),
                ProbeTimeout = settings.ProbeTimeout,
            },
            surroundings);
    }

    /// <summary>From 1.</summary>
    public int Index { get; }

    public int Port { get; }

    /// <summary>Its name in logs, and of its slot in HAProxy.</summary>
    public string Name => NameOf(Index);

    public SupervisedProcess Process { get; }

    /// <summary>What HAProxy is to send to it.</summary>
    public SlotState WantedSlot => Process.State switch
    {
        ProcessState.Ready => SlotState.Ready,
        ProcessState.Draining => SlotState.Drain,
        _ => SlotState.Out,
    };

    public static string NameOf(int index) => "w" + index.ToString(CultureInfo.InvariantCulture);
}
