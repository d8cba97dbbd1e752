using System.Collections.Immutable;
using System.Globalization;

namespace MultiProc.Configuration;

/// <summary>
/// The .NET runtime of a worker looks at the machine, its limits included, to choose its thread counts and its collector.
/// A study that compares limited with unlimited workers would then compare runtimes too, so they are told what to assume,
/// and /status records it.
/// </summary>
internal static class WorkerEnvironment
{
    /// <summary>What was given goes before what the supervisor itself was started with, and that before the defaults.</summary>
    public static ImmutableSortedDictionary<string, string> Of(
        IEnumerable<string> given, Func<string, string?> own, int processorsEach)
    {
        var defaults = new Dictionary<string, string>
        {
            ["DOTNET_PROCESSOR_COUNT"] = processorsEach.ToString("X", CultureInfo.InvariantCulture),
            ["DOTNET_gcServer"] = "0",
            ["DOTNET_gcConcurrent"] = "0",
        };
        return defaults.ToImmutableSortedDictionary(pair => pair.Key, pair => own(pair.Key) ?? pair.Value, StringComparer.Ordinal)
            .SetItems(given.Select(Parse));
    }

    /// <summary>NAME=VALUE; null when it is not that.</summary>
    public static string? FindProblem(string text) =>
        text.IndexOf('=', StringComparison.Ordinal) > 0 ? null : $"--env is {text}: pass NAME=VALUE";

    private static KeyValuePair<string, string> Parse(string text)
    {
        var at = text.IndexOf('=', StringComparison.Ordinal);
        return new KeyValuePair<string, string>(text[..at], text[(at + 1)..]);
    }
}
