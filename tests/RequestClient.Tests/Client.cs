using Blobs.TestSupport;
using StudyResults;

namespace RequestClient.Tests;

/// <summary>Runs the real RequestClient.</summary>
internal static class Client
{
    public static readonly string Program = Repository.Program("RequestClient");

    public static Task<ClientRun> RunAsync(string url, params string[] arguments) => RunLongAsync(
        TimeSpan.FromSeconds(60), url, arguments);

    public static async Task<ClientRun> RunLongAsync(TimeSpan patience, string url, params string[] arguments)
    {
        using var directory = new TempDirectory();
        var log = directory["runs.jsonl"];
        var (exitCode, output, errors) = await ChildProcess.RunAsync(
            Program, [.. arguments, "--url", url, "--record", log], patience: patience);
        var records = File.Exists(log) ? RunLog.Read(log) : [];
        return new ClientRun(exitCode, output, errors, records.SingleOrDefault());
    }
}

internal sealed record ClientRun(int ExitCode, string Output, string Errors, RunRecord? Record);
