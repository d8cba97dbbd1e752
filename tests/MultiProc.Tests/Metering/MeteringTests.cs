using System.Globalization;
using Blobs.TestSupport;
using MultiProc.ControlGroups;
using MultiProc.Metering;
using MultiProc.Processes;

namespace MultiProc.Tests.Metering;

/// <summary>Real trees of processes, by control group and by looking at all processes.</summary>
public sealed class MeteringTests
{
    private const double BurnSeconds = 0.6;
    private static readonly string Script = Repository.PathOf("tests", "MultiProc.Tests", "tree.py");

    [Theory(Timeout = 60_000)]
    [InlineData(true, "child")]
    [InlineData(true, "session", "adopted", "brief")]
    [InlineData(false, "child")]
    [InlineData(false, "session")]
    [InlineData(false, "adopted")]
    [InlineData(false, "brief")]
    [InlineData(false, "child", "session", "adopted", "brief")]
    public async Task All_that_a_process_started_is_measured(bool isGroup, params string[] kinds)
    {
        var maker = isGroup ? GroupMaker.Find(_ => { }) : GroupMaker.None();
        Assert.SkipWhen(isGroup && maker.Meter is null, "this user can make no control groups");
        var name = $"metering-{Guid.NewGuid():N}";
        var groups = maker.For(name);
        var meter = new ProcessMeter(groups, $"MARK={name}");
        var port = FreePorts.Take(1).ToString(CultureInfo.InvariantCulture);
        var burn = BurnSeconds.ToString(CultureInfo.InvariantCulture);
        var command = new ProcessCommand([Running.Python, Script, port, burn, .. kinds]) { ControlGroups = groups.Joined };
        command = command with { Environment = command.Environment.SetItem("MARK", name) };
        var child = new Launcher().Start(command, _ => { }, () => { });
        meter.Follow(child.Pid);
        try
        {
            // What Python itself uses to start comes on top; forks cost a little.
            var least = kinds.Length * BurnSeconds;
            await Eventually.HoldsAsync(
                () =>
                {
                    meter.Look(ProcessTable.Look());
                    return meter.Cpu()!.Value.TotalSeconds >= 0.98 * least;
                },
                () => $"{meter.Cpu()!.Value.TotalSeconds} s of {least}",
                Running.Patience);
            Assert.InRange(meter.Cpu()!.Value.TotalSeconds, 0.98 * least, 1.1 * least + 0.3);
            // Of the brief ones, one may be there.
            var lasting = 1 + kinds.Count(kind => kind != "brief");
            Assert.InRange(meter.Members().Count, lasting, kinds.Contains("brief") ? lasting + 1 : lasting);
        }
        finally
        {
            foreach (var pid in meter.Members()) Posix.Signal(pid, Posix.SigKill);
            await Eventually.HoldsAsync(() => child.HasExited, () => "it lives", Running.Patience);
            child.Bury();
            maker.Remove();
        }
    }
}
