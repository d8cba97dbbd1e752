using Blobs.TestSupport;
using StudyResults;

namespace Graph.Tests;

/// <summary>The real program, run as a user runs it.</summary>
internal static class GraphProcess
{
    public static Task<(int ExitCode, string StandardOutput, string StandardError)> RunAsync(params string[] arguments) =>
        ChildProcess.RunAsync(Repository.Program("Graph"), arguments);

    public static string Write(this TempDirectory directory, string name, IEnumerable<RunRecord> records)
    {
        foreach (var record in records) RunLog.Append(directory[name], record);
        return directory[name];
    }

    public static string Write(this TempDirectory directory, string name, string text)
    {
        File.WriteAllText(directory[name], text);
        return directory[name];
    }
}
