namespace BlobsServer.Tests.Faults;

/// <summary>
/// The real executable under strace, which makes chosen system calls fail (strace(1), --inject). strace counts the calls of
/// each thread on its own, so all waiting for the disk is done by one thread here; and files are synced one by one, on
/// whatever file system the tests run.
/// </summary>
internal static class StracedServer
{
    private static readonly string? Strace = Find("strace");

    /// <param name="dataDirectory">Where the blobs are.</param>
    /// <param name="injections">For instance "fsync:error=EIO:when=2"; counted in each thread.</param>
    /// <param name="options">Of the server.</param>
    /// <param name="path">Only calls that concern this path; null for all.</param>
    public static Task<RunningServer> StartAsync(string dataDirectory, string[] injections, string[] options, string? path = null)
    {
        Assert.SkipWhen(Strace is null, "strace is not installed");
        var calls = string.Join(
            ',', injections.Select(injection => injection[..injection.IndexOf(':', StringComparison.Ordinal)]).Distinct());
        // Stopped at the chosen calls only: a start makes some ten thousand others.
        string[] tracing = ["-f", "--seccomp-bpf", "-qq", "-o", "/dev/null", "-e", $"trace={calls}"];
        foreach (var injection in injections) tracing = [.. tracing, "-e", $"inject={injection}"];
        if (path is not null) tracing = [.. tracing, "-P", path];
        return RunningServer.StartAsync(
            dataDirectory, ["--disk-threads", "1", "--sync", "files", .. options], wrapper: [Strace!, .. tracing]);
    }

    /// <summary>The server's own, below strace.</summary>
    public static int PidOf(RunningServer server) =>
        int.Parse(File.ReadAllText($"/proc/{server.Process.Pid}/task/{server.Process.Pid}/children").Trim(), provider: null);

    private static string? Find(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':')
            .Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);
}
