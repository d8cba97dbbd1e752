using System.CommandLine;
using MultiProc.CleaningUp;
using MultiProc.Configuration;
using MultiProc.Control;
using MultiProc.ControlGroups;
using MultiProc.Keeping;
using MultiProc.Limits;
using MultiProc.Logging;
using MultiProc.Processes;
using MultiProc.Supervising;
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
        using var pidList = await AcquireAsync(settings.Control, cancellation);
        if (pidList is null)
        {
            return CommandLine.Fail(
                $"a supervisor runs already on {settings.Control.FullPath}: 'MultiProc stop' it or pass another --control");
        }

        Leftovers.Sweep(settings.Control, pidList);
        if (await Preflight.FindProblemAsync(settings, cancellation) is { } problem) return CommandLine.Fail(problem);
        var (logFile, noLog) = settings.LogFile is { } path ? Log.TryOpen(path) : (null, null);
        if (noLog is not null) return CommandLine.Fail(noLog);
        var software = await ProgramVersion.OfAsync(settings.WayIn.Proxy, cancellation);
        var groups = GroupMaker.Find(pidList.ListGroup);
        try
        {
            var limiter = new Limiter(settings.MemoryLimitMiB, settings.InitialLimits);
            if (limiter.FindProblem(groups) is { } noLimits) return CommandLine.Fail(noLimits);

            await using var log = new Log(settings.LogFormat, logFile, TimeProvider.System);
            var equipment = new Equipment(
                new MonotonicClock(TimeProvider.System), new Wakeup(), new Launcher(), log, groups,
                new Rounds(settings.ProbeTimeout / 2, TimeProvider.System));
            var notifier = ServiceNotifier.FromEnvironment(Environment.GetEnvironmentVariable);
            return await RunAsync(
                settings.Control, new Supervisor(settings, limiter, pidList, notifier, software, equipment), log);
        }
        finally
        {
            groups.Remove();
        }
    }

    /// <summary>
    /// The list, locked; null when a live supervisor holds it. For a moment it can be held by one that does not answer
    /// yet, or by the janitor of one that was killed.
    /// </summary>
    private static async Task<PidList?> AcquireAsync(ControlPath control, CancellationToken cancellation)
    {
        using var client = new ControlClient(control);
        for (var waited = TimeSpan.Zero; ; waited += AcquirePause)
        {
            if (PidList.TryAcquire(control.PidFile) is { } pidList) return pidList;
            if (waited >= AcquirePatience || await client.StatusAsync(cancellation) is not null) return null;
            await Task.Delay(AcquirePause, cancellation);
        }
    }

    private static async Task<int> RunAsync(ControlPath control, Supervisor supervisor, Log log)
    {
        using var signals = new Signals(supervisor, log);
        try
        {
            await using var server = await ControlServer.StartAsync(control.FullPath, supervisor);
            var stop = await supervisor.RunAsync();
            return stop.Problem is null ? stop.ExitStatus : CommandLine.Fail(stop.Problem);
        }
        finally
        {
            Leftovers.RemoveSockets(control);
        }
    }
}
