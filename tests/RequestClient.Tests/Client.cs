using Blobs.TestSupport;
using RequestClient.Commands;
using RequestClient.Display;
using StudyResults;

namespace RequestClient.Tests;

/// <summary>Runs the real RequestClient.</summary>
internal static class Client
{
    public static readonly string Program = Repository.Program("RequestClient");

    /// <summary>Whoever runs the tests in a terminal must not get the lines of those who wait for a run.</summary>
    static Client() => LiveLine.IsTerminal = false;

    /// <summary>A run whose record is wanted.</summary>
    public static Task<ClientRun> RunAsync(string url, params string[] arguments) => RecordedAsync(CallAsync, url, arguments);

    /// <summary>The same in a process of its own: with thousands of connections, or for what lasts long.</summary>
    public static Task<ClientRun> RunProcessAsync(string url, params string[] arguments) => RecordedAsync(
        words => ChildProcess.RunAsync(Program, words, patience: TimeSpan.FromMinutes(5)), url, arguments);

    /// <summary>Any of its commands, called in this process.</summary>
    public static Task<(int ExitCode, string StandardOutput, string StandardError)> CallAsync(params string[] arguments) =>
        ProgramCall.RunAsync(typeof(RunCommand).Assembly, arguments, TimeSpan.FromMinutes(3));

    private static async Task<ClientRun> RecordedAsync(
        Func<string[], Task<(int ExitCode, string Output, string Errors)>> runAsync, string url, string[] arguments)
    {
        using var directory = new TempDirectory();
        var log = directory["runs.jsonl"];
        var (exitCode, output, errors) = await runAsync([.. arguments, "--url", url, "--record", log]);
        var records = File.Exists(log) ? RunLog.Read(log) : [];
        return new ClientRun(exitCode, output, errors, records.SingleOrDefault());
    }
}

internal sealed record ClientRun(int ExitCode, string Output, string Errors, RunRecord? Record);
