using Blobs.TestSupport;

namespace BlobsServer.Tests.Faults;

/// <summary>The real executable under strace on an ext4 of its own, in a mount namespace that ends with it.</summary>
internal static class JournaledServer
{
    /// <param name="directory">Where image and mount point are.</param>
    /// <param name="features">Of mkfs.ext4, such as "has_journal".</param>
    /// <param name="injection">For instance "fsync:error=EIO:when=2"; counted in the one thread that waits for the disk.</param>
    public static async Task<RunningServer> StartAsync(TempDirectory directory, string features, string injection)
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "loop devices are root's");
        Assert.SkipUnless(File.Exists("/dev/loop-control"), "there is no loop device here");
        var (image, mounted) = (directory["image"], Directory.CreateDirectory(directory["disk"]).FullName);
        await using (var file = File.Create(image)) file.SetLength(32 * 1024 * 1024);
        var (status, _, error) = await ChildProcess.RunAsync("mkfs.ext4", ["-q", "-F", "-O", features, image]);
        Assert.True(status == 0, error);
        var call = injection[..injection.IndexOf(':', StringComparison.Ordinal)];
        string[] strace =
            ["strace", "-f", "--seccomp-bpf", "-qq", "-o", "/dev/null", "-e", $"trace={call}", "-e", $"inject={injection}"];
        var script = $"mount -o loop '{image}' '{mounted}' && exec \"$@\"";
        return await RunningServer.StartAsync(
            Path.Combine(mounted, "blobs"), ["--disk-threads", "1"],
            wrapper: ["unshare", "--mount", "sh", "-c", script, "sh", .. strace]);
    }
}
