using System.Globalization;
using Blobs.TestSupport;
using MultiProc.ControlGroups;

namespace MultiProc.Tests;

/// <summary>Real control groups; skipped where this user can make none.</summary>
public sealed class LimitTests
{
    [Fact(Timeout = 60_000)]
    public async Task A_worker_gets_no_more_processor_time_than_its_limit_and_its_group_goes_with_it()
    {
        var group = Groups("cpu");
        await using var running = new Running();
        var supervisor = await running.StartReadyAsync(
            procs: 1, ["--cpu-limit", "0.2", "--proxy-cpu-limit", "0.6"], [.. Running.PythonWorker, "--burn"]);

        var before = await running.StatusAsync();
        var used = before.Workers[0].CpuSeconds;
        await running.EventuallyAsync(status => status.Workers[0].CpuSeconds > used + 0.3, "it does not burn");
        var throttled = File.ReadLines($"{group}/multiproc-{supervisor.Pid}-w1/cpu.stat")
            .Single(line => line.StartsWith("nr_throttled", StringComparison.Ordinal));
        Assert.InRange(int.Parse(throttled.Split(' ')[1], CultureInfo.InvariantCulture), 10, 1_000_000);
        Assert.Equal((0.2, 0.6), (before.Limits.CpuCores, before.Haproxy!.Limits.CpuCores));

        await running.MustAsync("stop");
        Assert.Empty(Directory.GetDirectories(group, $"multiproc-{supervisor.Pid}-*"));
    }

    [Fact(Timeout = 60_000)]
    public async Task Kill_9_leaves_no_group()
    {
        var group = Groups("cpu");
        await using var running = new Running();
        var supervisor = await running.StartReadyAsync(procs: 1, ["--cpu-limit", "0.5"]);
        Assert.Equal(0.5, (await running.StatusAsync()).Workers[0].Limits.CpuCores);

        var pids = await running.PidsAsync();
        supervisor.Signal("KILL");
        await running.NothingIsLeftAsync(pids, Running.Patience);
        Assert.Empty(Directory.GetDirectories(group, $"multiproc-{supervisor.Pid}-*"));
    }

    [Fact(Timeout = 60_000)]
    public async Task A_worker_that_takes_too_much_memory_is_killed_and_started_again()
    {
        Groups("memory");
        await using var running = new Running();
        await running.StartReadyAsync(procs: 1, ["--memory-limit", "64"]);
        await Assert.ThrowsAnyAsync<Exception>(() => running.GetAsync("/eat?500"));
        await running.EventuallyAsync(status => status is { State: "ready", Workers: [{ Restarts: 1 }] }, "w1 did not come back");
        await running.Supervisor.WaitForOutputAsync(@"w1 \(pid \d+\) was ended by signal 9");
    }

    [Fact(Timeout = 60_000)]
    public async Task Without_rights_a_line_says_so()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "only root can give up its rights");
        Groups("cpu");
        await using var running = new Running();
        File.SetUnixFileMode(Path.GetDirectoryName(running.Control)!, (UnixFileMode)0b111_111_111);
        string[] nobody = ["--reuid", "65534", "--regid", "65534", "--clear-groups"];
        var canRead = await ChildProcess.RunAsync("setpriv", [.. nobody, "test", "-x", Repository.Program("MultiProc")]);
        Assert.SkipUnless(canRead.ExitCode == 0, "the programs are in a directory that only root can read");
        var (exitCode, _, error) = await ChildProcess.RunAsync(
            "setpriv", [.. nobody, Repository.Program("MultiProc"), .. running.Arguments(1, ["--cpu-limit", "0.5"])]);
        Assert.Matches(
            "^MultiProc: can't make control groups in .*: .*; run it as root, or as a service with Delegate=yes, .*\n$", error);
        Assert.Equal(1, exitCode);
    }

    [Fact(Timeout = 60_000)]
    public async Task Workers_are_bound_to_processors_in_turn()
    {
        await using var running = new Running();
        await running.StartReadyAsync(procs: 3, ["--cpu-affinity", $"0-{Environment.ProcessorCount - 1}"]);
        var bound = (await running.StatusAsync()).Workers.Select(worker => File.ReadLines($"/proc/{worker.Pid}/status")
            .Single(line => line.StartsWith("Cpus_allowed_list:", StringComparison.Ordinal)).Split('\t')[1]);
        Assert.Equal(Enumerable.Range(0, 3).Select(index => $"{index % Environment.ProcessorCount}"), bound);
    }

    /// <summary>The folder in which a controller's groups are made; the test is skipped when it can't be written.</summary>
    private static string Groups(string controller)
    {
        var found = ControlGroupFolder.Find(controller);
        Assert.SkipWhen(found is null, $"this machine has no {controller} controller");
        var maker = GroupMaker.Find(_ => { });
        var problem = controller == "cpu" ? maker.For("try").LimitCpu(0.5, () => []) : maker.For("try").LimitMemory(64);
        maker.Remove();
        Assert.SkipWhen(problem is not null, problem ?? "");
        return found!.Folder;
    }
}
