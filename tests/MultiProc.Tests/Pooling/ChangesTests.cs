using System.Collections.Concurrent;
using MultiProc.Configuration;
using MultiProc.ControlGroups;
using MultiProc.Keeping;
using MultiProc.Limits;
using MultiProc.Logging;
using MultiProc.Pooling;
using MultiProc.Processes;
using MultiProc.WaysIn;

namespace MultiProc.Tests.Pooling;

public sealed class ChangesTests
{
    [Fact(Timeout = 30_000)]
    public async Task Take_ALimitThatCanNotBeSet_WhoAskedIsToldAndItIsNotWantedLater()
    {
        var time = TimeProvider.System;
        await using var log = new Log(LogFormat.Text, file: null, time);
        var equipment = new Equipment(
            new MonotonicClock(time), new Wakeup(), new Launcher(), log, GroupMaker.None(),
            new Rounds(TimeSpan.FromSeconds(1), time));
        var settings = new Settings
        {
            Procs = 1,
            FirstPort = 8001,
            Port = 8000,
            Control = ControlPath.Default,
            ReadyPath = "/",
            Command = ["true"],
        };
        var limiter = new Limiter(memoryMiB: null, new ComponentLimits());
        var pool = new Pool(settings, () => null, limiter, equipment);
        pool.Fit();
        var changes = new Changes(settings, pool, new NoProxy(), _ => true, store: null, limiter, equipment);
        var request = new ChangeRequest.Limit(limits => limits with { WorkerCores = 0.5 });
        changes.Take(new ConcurrentQueue<ChangeRequest>([request]));
        changes.Tell();
        Assert.Equal("the kernel offers no cpu controller (cgroups(7)): leave out the limit", await request.Outcome);
        Assert.Null(limiter.Wanted.WorkerCores);
    }
}
