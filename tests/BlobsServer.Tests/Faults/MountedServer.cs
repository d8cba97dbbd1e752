using Blobs.TestSupport;

namespace BlobsServer.Tests.Faults;

/// <summary>The real executable on a small file system of its own, in a mount namespace that ends with it.</summary>
internal static class MountedServer
{
    private static readonly bool IsRoot = Environment.IsPrivilegedProcess;

    /// <param name="dataDirectory">Where the file system is mounted; only the server sees what is in it.</param>
    /// <param name="sizeKiB">How large it is.</param>
    /// <param name="options">Of the server.</param>
    public static async Task<RunningServer> StartAsync(string dataDirectory, int sizeKiB, string[] options)
    {
        string[] unshare = IsRoot ? ["unshare", "--mount"] : ["unshare", "--mount", "--map-root-user"];
        var (status, _, error) = await ChildProcess.RunAsync(
            unshare[0], [.. unshare[1..], "mount", "-t", "tmpfs", "tmpfs", "/mnt"]);
        Assert.SkipUnless(status == 0, $"no mount namespaces here: {error}");
        Directory.CreateDirectory(dataDirectory);
        var script = $"mount -t tmpfs -o size={sizeKiB}k tmpfs '{dataDirectory}' && exec \"$@\"";
        return await RunningServer.StartAsync(dataDirectory, options, wrapper: [.. unshare, "sh", "-c", script, "sh"]);
    }

    /// <summary>Mounts it again, as "ro" or "rw".</summary>
    public static async Task RemountAsync(RunningServer server, string mode)
    {
        string[] enter = IsRoot ? ["--mount"] : ["--mount", "--user", "--preserve-credentials"];
        var (status, _, error) = await ChildProcess.RunAsync(
            "nsenter", [$"--target={server.Process.Pid}", .. enter, "mount", "-o", $"remount,{mode}", server.DataDirectory]);
        Assert.True(status == 0, error);
    }
}
