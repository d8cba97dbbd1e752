using System.Text.RegularExpressions;
using MultiProc.Configuration;
using MultiProc.Processes;

namespace MultiProc.WaysIn;

/// <summary>The names and versions of the proxies' programs, as they say them themselves.</summary>
internal static partial class ProgramVersion
{
    /// <summary>Empty without a proxy; the program's name alone when it does not tell its version.</summary>
    public static async Task<IReadOnlyList<string>> OfAsync(ProxyKind proxy, CancellationToken cancellation) => proxy switch
    {
        ProxyKind.Haproxy => [Parse(HaproxyLine(), await AskAsync(HaproxyWayIn.Executable!, cancellation)) ?? "HAProxy"],
        ProxyKind.Nginx => [Parse(NginxLine(), await AskAsync(NginxWayIn.Executable!, cancellation)) ?? "nginx"],
        _ => [],
    };

    /// <summary>"HAProxy version 2.6.12-1 2023/..." and "nginx version: nginx/1.22.1" become NAME VERSION.</summary>
    internal static string? Parse(Regex line, string words) =>
        line.Match(words) is { Success: true } match ? $"{match.Groups[1]} {match.Groups[2]}" : null;

    [GeneratedRegex(@"^(\S+) version (\S+)", RegexOptions.Multiline)]
    internal static partial Regex HaproxyLine();

    [GeneratedRegex(@"^nginx version: ([^/\s]+)/(\S+)", RegexOptions.Multiline)]
    internal static partial Regex NginxLine();

    private static async Task<string> AskAsync(string executable, CancellationToken cancellation) =>
        (await ProgramWords.OfAsync(executable, ["-v"], cancellation)).Words;
}
