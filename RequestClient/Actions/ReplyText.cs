using System.Globalization;
using System.Text.RegularExpressions;

namespace RequestClient.Actions;

/// <summary>Reads what a right reply is: STATUS [BODY], and further ones behind a bar each.</summary>
internal static partial class ReplyText
{
    /// <summary>Reads from an index of the line on; a reply without a body has the usual one.</summary>
    /// <param name="line">The whole request.</param>
    /// <param name="from">Where its replies begin.</param>
    /// <param name="usual">The body where none is named.</param>
    /// <param name="places">What a text may hold; null when nobody can tell.</param>
    public static (IReadOnlyList<WantedReply> Wanted, TextProblem? Problem) Read(
        string line, int from, WantedBody usual, Places? places)
    {
        var wanted = new List<WantedReply>();
        // A bar stands between two replies where a status follows it: a text may hold other bars.
        foreach (var part in Alternative().Matches(line[from..]).AsEnumerable())
        {
            var at = from + part.Groups["reply"].Index;
            var (reply, problem) = ReadOne(part.Groups["reply"].Value, usual, places);
            if (reply is null) return ([], problem! with { Column = problem.Column + at });
            if (wanted.Any(earlier => earlier.Status == reply.Status && (earlier.Text is null || reply.Text is null)))
                return ([], new TextProblem(at + 1, $"two replies of status {reply.Status} can only be told apart by texts"));
            wanted.Add(reply);
        }

        return (wanted, null);
    }

    private static (WantedReply? Reply, TextProblem? Problem) ReadOne(string text, WantedBody usual, Places? places)
    {
        var words = text.Split(' ', 2);
        if (!(int.TryParse(words[0], NumberStyles.None, CultureInfo.InvariantCulture, out var status)
            && status is >= 200 and <= 599))
        {
            return (null, new TextProblem(1, $"'{text}' is no status from 200 to 599"));
        }

        var body = words.Length == 2 ? words[1].Trim() : "";
        if (body.Length == 0) return (new WantedReply(status, usual), null);
        if (Named(body) is { } named) return (new WantedReply(status, named), null);
        var bodyAt = text.IndexOf(body, words[0].Length, StringComparison.Ordinal);
        var isPart = body[0] == '~';
        var wanted = isPart ? body[1..] : body;
        if (places is not null && TextPattern.ProblemOf(wanted, places, isPart) is { } problem)
            return (null, new TextProblem(bodyAt + (isPart ? 1 : 0) + problem.At + 1, problem.Reason));
        return (new WantedReply(status, WantedBody.Text, new TextPattern(wanted, isPart)), null);
    }

    private static WantedBody? Named(string text) => text switch
    {
        RequestText.BlobPlace => WantedBody.Blob,
        "{same}" => WantedBody.Same,
        "{any}" => WantedBody.Any,
        "{empty}" => WantedBody.Empty,
        _ => null,
    };

    [GeneratedRegex(@"\G(?:^|\|)\s*(?<reply>.*?)\s*(?=\|\s*\d{3}(?:\s|\||$)|$)")]
    private static partial Regex Alternative();
}
