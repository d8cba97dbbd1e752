using System.Globalization;
using System.Text.RegularExpressions;

namespace RequestClient.Actions;

/// <summary>Reads what a right reply is: STATUS [BODY], and further ones behind a bar each.</summary>
internal static partial class ReplyText
{
    /// <summary>Reads from an index of the line on; a reply without a body has the usual one.</summary>
    public static (IReadOnlyList<WantedReply> Wanted, TextProblem? Problem) Read(string line, int from, WantedBody usual)
    {
        var wanted = new List<WantedReply>();
        // A bar stands between two replies where a status follows it: a text may hold other bars.
        foreach (var part in Alternative().Matches(line[from..]).AsEnumerable())
        {
            var at = from + part.Groups["reply"].Index;
            var (reply, problem) = ReadOne(part.Groups["reply"].Value, usual);
            if (reply is null) return ([], problem! with { Column = problem.Column + at });
            if (wanted.Any(earlier => earlier.Status == reply.Status && (earlier.Text is null || reply.Text is null)))
                return ([], new TextProblem(at + 1, $"two replies of status {reply.Status} can only be told apart by texts"));
            wanted.Add(reply);
        }

        return (wanted, null);
    }

    private static (WantedReply? Reply, TextProblem? Problem) ReadOne(string text, WantedBody usual)
    {
        var words = text.Split(' ', 2);
        if (!(int.TryParse(words[0], NumberStyles.None, CultureInfo.InvariantCulture, out var status) && status is >= 200 and <= 599))
            return (null, new TextProblem(1, $"'{text}' is no status from 200 to 599"));
        var body = words.Length == 2 ? words[1].Trim() : "";
        if (body.Length == 0) return (new WantedReply(status, usual), null);
        if (Named(body) is { } named) return (new WantedReply(status, named), null);
        var bodyAt = text.IndexOf(body, words[0].Length, StringComparison.Ordinal);
        if (TextPlaces.Unknown(body, TextPattern.OncePlace) is { } unknown)
            return (null, new TextProblem(bodyAt + unknown.At + 1, $"{unknown.Place} is nothing that a reply's text can hold"));
        if (body.Split(TextPattern.OncePlace).Length > 2)
            return (null, new TextProblem(body.LastIndexOf(TextPattern.OncePlace, StringComparison.Ordinal) + bodyAt + 1, "a text holds {once} once"));
        return (new WantedReply(status, WantedBody.Text, new TextPattern(body)), null);
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
