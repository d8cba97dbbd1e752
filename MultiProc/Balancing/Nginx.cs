using System.Globalization;

namespace MultiProc.Balancing;

/// <summary>
/// nginx as a supervised child, for the side study (proxies/README.md). Unlike HAProxy it gets its workers once: all that
/// there are when it starts.
/// </summary>
internal sealed class Nginx
{
    private const string StatusPath = "/nginx_status";

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private readonly NginxStatus _status;

    public Nginx(Settings settings, Surroundings surroundings)
    {
        _status = new NginxStatus(settings.Port, StatusPath, settings.ProbeTimeout);
        Process = new SupervisedProcess(
            new ProcessPlan
            {
                Name = "nginx",
                Command = new([Executable!, .. Arguments(settings)]),
                UntilReady = async (_, cancellation) =>
                {
                    _status.BeginAnew();
                    while (!await AnswersAsync(cancellation)) await Task.Delay(Pause, surroundings.Clock.Time, cancellation);
                },
                IsAlive = AnswersAsync,
                ProbeTimeout = settings.ProbeTimeout,
            },
            surroundings);
    }

    /// <summary>Null where it is not installed.</summary>
    public static string? Executable => Processes.Executable.Find("nginx");

    public SupervisedProcess Process { get; }

    public static string[] Arguments(Settings settings) =>
        ["-e", "stderr", "-p", settings.Control.NginxFolder, "-c", Path.Combine(settings.Control.NginxFolder, "nginx.conf")];

    /// <summary>Writes the configuration with this run's port and workers, which nginx cannot take from its environment.</summary>
    public static void WriteConfiguration(Settings settings)
    {
        var servers = Enumerable.Range(1, settings.Procs)
            .Select(index => $"server {new SlotAddress(settings.PortOf(index), Socket: null)} max_fails=0;");
        var text = File.ReadAllText(settings.NginxFile!)
            .Replace("${BLOBS_PORT}", settings.Port.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("${BLOBS_SERVERS}", string.Join(' ', servers), StringComparison.Ordinal);
        Directory.CreateDirectory(settings.Control.NginxFolder);
        File.WriteAllText(Path.Combine(settings.Control.NginxFolder, "nginx.conf"), text);
    }

    /// <summary>Requests of clients since it started; null when it does not answer.</summary>
    public Task<long?> CountAsync(CancellationToken cancellation) => _status.CountAsync(cancellation);

    private async Task<bool> AnswersAsync(CancellationToken cancellation) => await CountAsync(cancellation) is not null;
}
