using System.Text.RegularExpressions;
using MultiProc.Configuration;
using MultiProc.Keeping;
using MultiProc.Probing;
using MultiProc.Processes;

namespace MultiProc.Stores;

/// <summary>
/// What the workers share: a database that is started before them, stopped after them, and measured and limited as they
/// are. Its first line that is a URL says that it serves and where (contract 5); it becomes {store}.
/// </summary>
internal sealed partial class SharedStore
{
    /// <summary>Making a new PostgreSQL takes seconds, and more on a machine that is busy.</summary>
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(90);

    /// <summary>A database that ends in order writes down what it has.</summary>
    private static readonly TimeSpan LeastStopPatience = TimeSpan.FromSeconds(30);

    private readonly Settings _settings;
    private TaskCompletionSource _serves = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public SharedStore(Settings settings, Equipment equipment)
    {
        _settings = settings;
        var port = settings.StorePort;
        Process = new SupervisedProcess(
            new ProcessPlan
            {
                Name = ProcessName,
                Command = () =>
                {
                    _serves = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                    return CommandTemplate.ForStore(settings);
                },
                Question = "for its URL",
                LifeQuestion = $"a connection to port {port}",
                OnOutput = Read,
                UntilReady = (_, cancellation) => _serves.Task.WaitAsync(cancellation),
                AskForLife = async cancellation =>
                    await PortCheck.AcceptsAsync(port, settings.ProbeTimeout, cancellation) ? LifeSign.Yes : LifeSign.None,
                ProbeTimeout = settings.ProbeTimeout,
                StartTimeout = StartTimeout,
            },
            equipment);
    }

    public const string ProcessName = "store";

    public SupervisedProcess Process { get; }

    /// <summary>Its name for people: redis, postgresql, ...</summary>
    public string Name => Path.GetFileName(_settings.StoreCommand[0]);

    /// <summary>Where it serves; null until it said so.</summary>
    public string? Url { get; private set; }

    /// <summary>Asks it to end; called when no worker needs it any more.</summary>
    public void Stop() => Process.Stop(
        Posix.SigTerm, _settings.StopTimeout > LeastStopPatience ? _settings.StopTimeout : LeastStopPatience);

    private void Read(string line)
    {
        if (!UrlLine().IsMatch(line)) return;
        Url = line.Trim();
        _serves.TrySetResult();
    }

    [GeneratedRegex(@"^[a-z][a-z0-9+.-]*://\S+\s*$")]
    private static partial Regex UrlLine();
}
