using System.Collections.ObjectModel;
using System.Globalization;
using MultiProc.Configuration;
using MultiProc.Keeping;
using MultiProc.Processes;
using MultiProc.Workers;

namespace MultiProc.WaysIn;

/// <summary>
/// nginx as a supervised child, for the side study (proxies/README.md). Unlike HAProxy it gets its workers once: all that
/// there are when it starts.
/// </summary>
internal sealed class NginxWayIn : IWayIn
{
    private const string StatusPath = "/nginx_status";

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private readonly NginxStatus _status;
    private readonly Settings _settings;

    public NginxWayIn(Settings settings, Equipment equipment)
    {
        _settings = settings;
        _status = new NginxStatus(settings.Port, StatusPath, settings.ProbeTimeout);
        Proxy = new SupervisedProcess(
            new ProcessPlan
            {
                Name = "nginx",
                Command = () => new([.. Placement.WordsFor(settings.Placement.Proxy), Executable!, .. Arguments(settings)]),
                UntilReady = async (_, cancellation) =>
                {
                    _status.BeginAnew();
                    while (!await AnswersAsync(cancellation)) await Task.Delay(Pause, equipment.Clock.Time, cancellation);
                },
                AskForLife = async cancellation => await AnswersAsync(cancellation) ? LifeSign.Yes : LifeSign.None,
                ProbeTimeout = settings.ProbeTimeout,
            },
            equipment);
    }

    /// <summary>Null where it is not installed.</summary>
    public static string? Executable => Processes.Executable.Find("nginx");

    public SupervisedProcess Proxy { get; }

    public string ProxyName => "nginx";

    public int StopSignal => Posix.SigTerm;

    public TimeSpan StopPatience => _settings.StopTimeout;

    public bool CanSwitch => false;

    public bool IsListening => false;

    public static string[] Arguments(Settings settings) =>
        ["-e", "stderr", "-p", settings.Control.NginxFolder, "-c", Path.Combine(settings.Control.NginxFolder, "nginx.conf")];

    /// <summary>Writes the configuration with this run's port and workers: nginx can't take them from its environment.</summary>
    public static void WriteConfiguration(Settings settings)
    {
        var servers = Enumerable.Range(1, settings.Procs)
            .Select(index => $"server {new SlotAddress(settings.PortOf(index), Socket: null)} max_fails=0;");
        var text = File.ReadAllText(settings.WayIn.File!)
            .Replace("${BLOBS_PORT}", settings.Port.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("${BLOBS_SERVERS}", string.Join(' ', servers), StringComparison.Ordinal);
        Directory.CreateDirectory(settings.Control.NginxFolder);
        File.WriteAllText(Path.Combine(settings.Control.NginxFolder, "nginx.conf"), text);
    }

    public SlotState SlotOf(Worker worker) => worker.WantedSlot;

    public Task BalanceAsync(IEnumerable<Worker> workers, CancellationToken cancellation) => Task.CompletedTask;

    public Task<bool> ApplyAsync(Worker worker, SlotState wanted, CancellationToken cancellation) => Task.FromResult(true);

    /// <summary>Requests of clients since it started; null when it does not answer.</summary>
    public async Task<RequestCounters?> CountAsync(CancellationToken cancellation) =>
        await _status.CountAsync(cancellation) is { } requests
            ? new RequestCounters(requests, ReadOnlyDictionary<string, SlotCounters>.Empty)
            : null;

    private async Task<bool> AnswersAsync(CancellationToken cancellation) =>
        await _status.CountAsync(cancellation) is not null;
}
