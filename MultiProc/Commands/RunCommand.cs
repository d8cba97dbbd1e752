using System.CommandLine;
using MultiProc.Control;
using MultiProc.ControlGroups;
using MultiProc.Limits;
using MultiProc.Logging;
using MultiProc.Processes;
using MultiProc.Systemd;
using MultiProc.WaysIn;

namespace MultiProc.Commands;

/// <summary>MultiProc itself: runs in the foreground until it is told to stop.</summary>
internal static class RunCommand
{
    private static readonly TimeSpan AcquirePatience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan AcquirePause = TimeSpan.FromMilliseconds(50);

    public static RootCommand Create(Option<string> control, bool wordsFollowDashes)
    {
        var root = new RootCommand();
        var options = new RunOptions(control);
        options.AddTo(root, wordsFollowDashes);
        root.SetAction((parse, cancellation) =>
        {
            var settings = options.Read(parse);
            return RunOptions.FindProblem(settings) is { } problem
                ? Task.FromResult(CommandLine.Misused(problem))
                : PrepareAsync(settings, cancellation);
        });
        return root;
    }

    /// <summary>Makes sure that it can run, and alone.</summary>
    private static async Task<int> PrepareAsync(Settings settings, CancellationToken cancellation)
    {
        if (settings.Control.Prepare() is { } unusable) return CommandLine.Fail(unusable);
        // Before anything is made that it would have to remove.
        using var janitor = new Janitor(settings.Control);
        using var pidFile = await AcquireAsync(settings.Control, cancellation);
        if (pidFile is null)
        {
            return CommandLine.Fail(
                $"a supervisor runs already on {settings.Control.FullPath}: 'MultiProc stop' it or pass another --control");
        }

        Leftovers.Sweep(settings.Control, pidFile);
        if (await Preflight.FindProblemAsync(settings, cancellation) is { } problem) return CommandLine.Fail(problem);
        var groups = GroupMaker.Find();
        var limiter = new Limiter(settings.Limits, settings.InitialLimits);
        if (limiter.FindProblem(groups) is { } noLimits)
        {
            groups.Remove();
            return CommandLine.Fail(noLimits);
        }

        pidFile.List([], groups.Made);

        var notifier = ServiceNotifier.FromEnvironment(Environment.GetEnvironmentVariable);
        var software = await ProgramVersion.OfAsync(settings.WayIn.Proxy, cancellation);
        return await RunAsync(settings, groups, new SupervisorServices(pidFile, limiter, notifier, software));
    }

    /// <summary>
    /// The list, locked; null when a live supervisor holds it. For a moment it can be held by one that does not answer
    /// yet, or by the janitor of one that was killed.
    /// </summary>
    private static async Task<PidFile?> AcquireAsync(ControlPath control, CancellationToken cancellation)
    {
        using var client = new ControlClient(control);
        for (var waited = TimeSpan.Zero; ; waited += AcquirePause)
        {
            if (PidFile.TryAcquire(control.PidFile) is { } pidFile) return pidFile;
            if (waited >= AcquirePatience || await client.StatusAsync(cancellation) is not null) return null;
            await Task.Delay(AcquirePause, cancellation);
        }
    }

    private static async Task<int> RunAsync(Settings settings, GroupMaker groups, SupervisorServices services)
    {
        var (logFile, noLog) = settings.LogFile is { } path ? Log.TryOpen(path) : (null, null);
        if (noLog is not null)
        {
            groups.Remove();
            return CommandLine.Fail(noLog);
        }

        await using var log = new Log(settings.LogFormat, logFile, TimeProvider.System);
        var surroundings = new Surroundings(new MonotonicClock(TimeProvider.System), new Wakeup(), new Launcher(), log, groups);
        var supervisor = new Supervisor(settings, services, surroundings);
        using var signals = new Signals(supervisor, log);
        try
        {
            await using var server = await ControlServer.StartAsync(settings.Control.FullPath, supervisor);
            var stop = await supervisor.RunAsync();
            return stop.Problem is null ? stop.ExitStatus : CommandLine.Fail(stop.Problem);
        }
        finally
        {
            groups.Remove();
            Leftovers.RemoveSockets(settings.Control);
        }
    }
}
