using Blobs.TestSupport;
using MultiProc.CleaningUp;

namespace MultiProc.Tests.CleaningUp;

public sealed class PidListTests
{
    [Fact(Timeout = 60_000)]
    public async Task Read_AfterAnotherBoot_Nothing()
    {
        using var directory = new TempDirectory();
        var path = directory["x.pids"];
        string text;
        using (var before = PidList.TryAcquire(path)!)
        {
            before.ListGroup("/sys/fs/cgroup/none");
            before.ListProcesses([Environment.ProcessId]);
            Assert.Equal(Environment.ProcessId, Assert.Single(before.Read().Leaders).Pid);
            Assert.Equal(["/sys/fs/cgroup/none"], before.Read().ControlGroups);
            // The list is locked against .NET's own opening.
            text = (await ChildProcess.RunAsync("cat", [path])).StandardOutput;
        }

        Assert.Contains("boot ", text, StringComparison.Ordinal);
        var boot = (await File.ReadAllTextAsync("/proc/sys/kernel/random/boot_id", TestContext.Current.CancellationToken)).Trim();
        await File.WriteAllTextAsync(
            path, text.Replace(boot, "another", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        using var after = PidList.TryAcquire(path)!;
        Assert.Empty(after.Read().Leaders);
        Assert.Empty(after.Read().ControlGroups);
    }
}
