using System.CommandLine;
using Dialogs.Tokens;
using ServiceDefaults;

namespace Dialogs.Feed;

/// <summary>Dialogs feed: who asks whom, a line an operation, with the token that the one who asks has.</summary>
internal static class FeedCommand
{
    private const int LeastUsers = 2;

    public static Command Create(SecretKey key)
    {
        var users = new Option<int>("--users") { Description = "How many users there are, 2 at least.", DefaultValueFactory = _ => 1000, HelpName = "N" };
        var zipf = new Option<double>("--zipf")
        {
            Description = "The exponent of Zipf's law by which they are drawn; 0: all are alike.",
            DefaultValueFactory = _ => 1.1,
            HelpName = "S",
        };
        var lines = new Option<int>("--lines") { Description = "How many lines there are.", DefaultValueFactory = _ => 10_000, HelpName = "N" };
        var seed = new Option<int>("--seed") { Description = "The same seed makes the same users and the same lines.", DefaultValueFactory = _ => 1, HelpName = "S" };
        var hours = new Option<int>("--hours") { Description = "How long the tokens are valid: as long as whatever uses them.", DefaultValueFactory = _ => 1, HelpName = "N" };
        AtLeast(users, LeastUsers);
        AtLeast(lines, 1);
        AtLeast(hours, 1);
        zipf.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && !(result.GetValueOrDefault<double>() is >= 0 and <= 10)) result.AddError("--zipf is out of range: give a number from 0 to 10.");
        });
        var feed = new Command("feed", "Writes who asks whom, a line an operation: tab-separated, with tokens.") { users, zipf, lines, seed, hours };
        key.AddTo(feed);
        feed.SetAction(async (parsed, cancellation) =>
        {
            var pairs = new Pairs(parsed.GetValue(users), parsed.GetValue(zipf), parsed.GetValue(seed));
            var expiresAt = TimeProvider.System.GetUtcNow().AddHours(parsed.GetValue(hours));
            await using var output = new StreamWriter(Console.OpenStandardOutput(), bufferSize: 64 * 1024);
            await WriteAsync(output, pairs, parsed.GetValue(lines), new TokenWriter(key.Of(parsed)), expiresAt, cancellation);
            return 0;
        });
        return feed;
    }

    private static async Task WriteAsync(
        TextWriter output, Pairs pairs, int lines, TokenWriter writer, DateTimeOffset expiresAt, CancellationToken cancellation)
    {
        var tokens = new string?[pairs.Users.Count];
        await output.WriteLineAsync("token\tfrom\tuser");
        for (var line = 0; line < lines; line++)
        {
            cancellation.ThrowIfCancellationRequested();
            var (from, to) = pairs.Next();
            var token = tokens[from] ??= writer.Write(pairs.Users[from], expiresAt);
            await output.WriteLineAsync($"{token}\t{pairs.Users[from]}\t{pairs.Users[to]}");
        }
    }

    private static void AtLeast(Option<int> option, int least) => option.Validators.Add(result =>
    {
        if (result.Tokens.Count == 1 && result.GetValueOrDefault<int>() < least) result.AddError($"{option.Name} is too small: give {least} at least.");
    });
}
