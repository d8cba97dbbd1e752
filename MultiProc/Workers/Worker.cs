using System.Globalization;
using MultiProc.Configuration;
using MultiProc.Keeping;
using MultiProc.Limits;
using MultiProc.Probing;

namespace MultiProc.Workers;

/// <summary>One worker: its number, where it listens, and its process.</summary>
internal sealed class Worker
{
    public Worker(int index, Settings settings, Func<string?> storeUrl, Limiter limiter, Equipment equipment)
    {
        Index = index;
        Port = settings.PortOf(index);
        Process = new SupervisedProcess(
            new ProcessPlan
            {
                Name = Name,
                Command = () => CommandTemplate.For(settings, index, storeUrl()),
                Question = $"GET {settings.ReadyPath} on 127.0.0.1:{Port} with 200 to 399",
                LifeQuestion = $"GET {settings.LivePath}",
                UntilReady = (warm, cancellation) =>
                    ReadinessProbe.WaitUntilReadyAsync(Port, settings.ReadyPath, settings.ProbeTimeout, warm, cancellation),
                AskForLife = cancellation =>
                    ReadinessProbe.AskForLifeAsync(Port, settings.LivePath, settings.ProbeTimeout, cancellation),
                ProbeTimeout = settings.ProbeTimeout,
            },
            equipment);
        // It was found possible before; should it fail now, whoever asks /status reads that there is no limit.
        if (limiter.ConfineWorker(Process.Groups) is { } problem) equipment.Log.Event($"{Name}: {problem}");
    }

    /// <summary>From 1.</summary>
    public int Index { get; }

    public int Port { get; }

    /// <summary>Its name in logs, and of its slot in HAProxy.</summary>
    public string Name => NameOf(Index);

    public SupervisedProcess Process { get; }

    /// <summary>Whether it is to get requests at all once it is ready: of a warm pool only some may be to serve.</summary>
    public bool IsChosen { get; set; } = true;

    /// <summary>What HAProxy is to send to it.</summary>
    public SlotState WantedSlot => Process.State switch
    {
        ProcessState.Ready => IsChosen ? SlotState.Ready : SlotState.Out,
        ProcessState.Draining => SlotState.Drain,
        _ => SlotState.Out,
    };

    public static string NameOf(int index) => "w" + index.ToString(CultureInfo.InvariantCulture);
}
