using System.Diagnostics;
using System.Globalization;
using Blobs.TestSupport;
using MultiProc.ControlGroups;
using MultiProc.Processes;

namespace MultiProc.Tests.ControlGroups;

/// <summary>
/// Version 2 as the kernel has it, mounted for the test, with whatever controller version 1 leaves it: the rules of groups
/// and members are the same for all of them.
/// </summary>
[Collection(nameof(Load.Alone))]
public sealed class UnifiedHierarchyTests : IAsyncLifetime
{
    private readonly TempDirectory _directory = new();
    private string? _controller;

    private string Mount => _directory["cgroup2"];

    private string Service => Mount + "/multiproc-test";

    private static string OwnPid => Environment.ProcessId.ToString(CultureInfo.InvariantCulture);

    public async ValueTask InitializeAsync()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "only root can mount");
        Directory.CreateDirectory(Mount);
        var (exitCode, _, error) = await ChildProcess.RunAsync("mount", ["-t", "cgroup2", "none", Mount]);
        Assert.SkipWhen(exitCode != 0, error);
        _controller = File.ReadAllText(Mount + "/cgroup.controllers").Split(' ', '\n')[0];
        Assert.SkipWhen(_controller.Length == 0, "version 1 has all controllers");
    }

    [Fact(Timeout = 60_000)]
    public async Task EnableBelow_GroupWithThisProcessInIt_MovesItToALeafAndChildrenJoinGroupsBesideIt()
    {
        File.WriteAllText(Mount + "/cgroup.subtree_control", "+" + _controller);
        Directory.CreateDirectory(Service);
        File.WriteAllText(Service + "/cgroup.procs", OwnPid);
        // As the janitor is, who was started before: one that stays in the group forbids it as we do.
        using var other = Process.Start("sleep", "60");
        Assert.EndsWith("/multiproc-test", GroupOf(other.Id), StringComparison.Ordinal);
        Assert.Throws<IOException>(() => File.WriteAllText(Service + "/cgroup.subtree_control", "+" + _controller));

        ControlGroupFolder.EnableBelow(Service, [_controller!]);
        Assert.Equal(_controller, File.ReadAllText(Service + "/cgroup.subtree_control").Trim());
        Assert.EndsWith("/multiproc-test/multiproc-supervisor", GroupOf(Environment.ProcessId), StringComparison.Ordinal);

        Assert.EndsWith("/multiproc-test/multiproc-supervisor", GroupOf(other.Id), StringComparison.Ordinal);
        other.Kill();
        await other.WaitForExitAsync(TestContext.Current.CancellationToken);

        var worker = Directory.CreateDirectory(Service + "/multiproc-w1").FullName;
        var lines = new List<string>();
        using var ended = new ManualResetEventSlim();
        var command = new ProcessCommand(["cat", "/proc/self/cgroup"]) { ControlGroups = [worker] };
        var child = new Launcher().Start(command, lines.Add, ended.Set);
        Assert.True(ended.Wait(Running.Patience, TestContext.Current.CancellationToken));
        child.Bury();
        Assert.EndsWith("/multiproc-test/multiproc-w1", VersionTwo(lines), StringComparison.Ordinal);

        ControlGroupFolder.Remove([worker]);
        Assert.False(Directory.Exists(worker));
    }

    public async ValueTask DisposeAsync()
    {
        if (Directory.Exists(Service))
        {
            File.WriteAllText(Mount + "/cgroup.procs", OwnPid);
            ControlGroupFolder.Remove([Service + "/multiproc-w1", Service + "/multiproc-supervisor", Service]);
            File.WriteAllText(Mount + "/cgroup.subtree_control", "-" + _controller);
        }

        await ChildProcess.RunAsync("umount", [Mount]);
        _directory.Dispose();
    }

    private static string GroupOf(int pid) => VersionTwo(File.ReadLines($"/proc/{pid}/cgroup"));

    /// <summary>"0::/path" is version 2's line.</summary>
    private static string VersionTwo(IEnumerable<string> lines) =>
        lines.Single(line => line.StartsWith("0::", StringComparison.Ordinal));
}
