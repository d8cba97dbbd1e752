using Blobs.TestSupport;

namespace MultiProc.Tests;

public sealed class FullDiskTests
{
    [Fact(Timeout = 60_000)]
    public async Task What_can_not_be_listed_is_said_once_and_runs()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "only root can mount");
        await using var running = new Running();
        var folder = Path.GetDirectoryName(running.Control)!;
        var (exitCode, _, error) = await ChildProcess.RunAsync("mount", ["-t", "tmpfs", "-o", "size=4k", "none", folder]);
        Assert.SkipWhen(exitCode != 0, error);
        try
        {
            await File.WriteAllBytesAsync(running["everything"], new byte[4096], TestContext.Current.CancellationToken);
            await running.StartReadyAsync(procs: 2);
            await ChildProcess.RunAsync("kill", ["-9", $"{(await running.PidsAsync())[0]}"]);
            await running.EventuallyAsync(
                status => status is { State: "ready", Workers: [{ Restarts: 1 }, _] }, "w1 did not come back");
            Assert.Single(
                running.Supervisor.StandardError.Split('\n'),
                line => line.Contains("can't list what runs: ", StringComparison.Ordinal));
            await running.MustAsync("stop");
        }
        finally
        {
            await ChildProcess.RunAsync("umount", ["--lazy", folder]);
        }
    }
}
