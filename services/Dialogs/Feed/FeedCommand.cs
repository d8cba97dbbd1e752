using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Dialogs.Messages;
using Dialogs.Tokens;
using ServiceDefaults;

namespace Dialogs.Feed;

/// <summary>Dialogs feed: who asks whom, a line an operation, with the token that the one who asks has.</summary>
internal static class FeedCommand
{
    private static readonly TimeSpan UsualLife = TimeSpan.FromHours(1);

    public static Command Create(SecretKey key)
    {
        var options = new PairOptions();
        var lines = ServiceArguments.Count("--lines", "How many lines there are.", least: 1, int.MaxValue, usual: 4000);
        var until = new Option<DateTimeOffset?>("--until")
        {
            Description = "When the tokens expire; in an hour unless said otherwise. With the same moment and key the tokens are the same too.",
            CustomParser = Moment,
            HelpName = "DATE",
        };
        var feed = new Command("feed", "Writes who asks whom, a line an operation: tab-separated, with tokens.") { lines, until };
        options.AddTo(feed);
        key.AddTo(feed);
        feed.SetAction(async (parsed, cancellation) =>
        {
            var expiresAt = parsed.GetValue(until) ?? TimeProvider.System.GetUtcNow() + UsualLife;
            await using var output = new StreamWriter(Console.OpenStandardOutput(), bufferSize: 64 * 1024);
            await WriteAsync(
                output, options.Of(parsed), parsed.GetValue(lines), new TokenWriter(key.Of(parsed)), expiresAt, cancellation);
            return 0;
        });
        return feed;
    }

    private static async Task WriteAsync(
        TextWriter output, Pairs pairs, int lines, TokenWriter writer, DateTimeOffset expiresAt, CancellationToken cancellation)
    {
        var tokens = new string?[pairs.Users.Count];
        await output.WriteLineAsync("token\tfrom\tuser\tdialog");
        for (var line = 0; line < lines; line++)
        {
            cancellation.ThrowIfCancellationRequested();
            var (sender, receiver) = pairs.Next();
            var (from, to) = (pairs.Users[sender], pairs.Users[receiver]);
            var token = tokens[sender] ??= writer.Write(from, expiresAt);
            await output.WriteLineAsync($"{token}\t{from}\t{to}\t{Dialog.Of(from, to)}");
        }
    }

    private static DateTimeOffset? Moment(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment))
            return moment;
        result.AddError($"--until is '{text}': give a date such as 2100-01-31 or 2100-01-31T12:00:00Z.");
        return null;
    }
}
