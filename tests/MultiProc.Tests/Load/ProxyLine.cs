using System.Text.RegularExpressions;

namespace MultiProc.Tests.Load;

/// <summary>What HAProxy logged of one request (configuration manual of 2.6, section 8.2.3), by way of the supervisor.</summary>
/// <param name="Request">The method and the id that the path ends with.</param>
/// <param name="Worker">Who got it; &lt;NOSRV&gt; when nobody did.</param>
/// <param name="Termination">How it ended: SH-- when the worker's connection closed before it had answered.</param>
/// <param name="Text">All of it.</param>
internal sealed partial record ProxyLine(string Request, string Worker, string Termination, string Text)
{
    public static IEnumerable<ProxyLine> ParseAll(string output) =>
        from Match match in Line().Matches(output)
        let groups = match.Groups
        select new ProxyLine($"{groups["method"]} {groups["id"]}", groups["worker"].Value, groups["end"].Value, match.Value);

    [GeneratedRegex("""
        ^haproxy .* workers/(?<worker>\S+) \S+ -?\d+ \d+ - - (?<end>\S{4}) .* "(?<method>[A-Z]+) \S*/(?<id>\S+) HTTP/1\.1"$
        """, RegexOptions.Multiline)]
    private static partial Regex Line();
}
