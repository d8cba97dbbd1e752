using Blobs.TestSupport;
using Graph.Analysis.Scenarios;
using StudyResults;

namespace Graph.Tests;

/// <summary>The real program, called with a user's arguments.</summary>
internal static class GraphProgram
{
    public static Task<(int ExitCode, string StandardOutput, string StandardError)> RunAsync(params string[] arguments) =>
        ProgramCall.RunAsync(typeof(Scenario).Assembly, arguments, TimeSpan.FromMinutes(1));

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
