using System.Text;
using System.Text.RegularExpressions;

namespace RequestClient.Actions;

/// <summary>Reads what is kept of a reply: NAME FIELD, or NAME 'before' 'after'.</summary>
internal static partial class KeepText
{
    public const string Word = "keep ";
    public const string Form = "keep NAME Location, or keep NAME 'before' 'after'";

    /// <summary>Adds it to the request above it.</summary>
    public static (ActionPlan? Action, TextProblem? Problem) Add(ActionPlan action, string line)
    {
        if (action.Steps.Count == 0) return Wrong(1, "there is no request above it whose reply it could keep something of");
        if (Line().Match(line) is not { Success: true } match) return Wrong(1, $"wanted {Form}");
        var name = match.Groups["name"];
        if (Places.ProblemOf(name.Value) is { } problem) return Wrong(name.Index + 1, problem);
        if (action.Places.Columns.Contains(name.Value))
            return Wrong(name.Index + 1, $"{name.Value} is a column of the feed: choose another name");
        var kept = action.Kept.Contains(name.Value) ? action.Kept : [.. action.Kept, name.Value];
        var keep = new Keep
        {
            Index = kept.Index().First(value => value.Item == name.Value).Index,
            Name = name.Value,
            Header = match.Groups["header"] is { Success: true } header ? header.Value : null,
            Before = Encoding.UTF8.GetBytes(match.Groups["before"].Value),
            After = Encoding.UTF8.GetBytes(match.Groups["after"].Value),
        };
        var step = action.Steps[^1];
        return (action with
        {
            Kept = kept,
            Steps = [.. action.Steps.SkipLast(1), step with { Keeps = [.. step.Keeps, keep] }],
        }, null);

        static (ActionPlan?, TextProblem?) Wrong(int column, string reason) => (null, new TextProblem(column, reason));
    }

    [GeneratedRegex(@"^keep\s+(?<name>\S+)\s+(?:(?<header>[A-Za-z0-9-]+)|'(?<before>[^']*)'\s+'(?<after>[^']*)')$")]
    private static partial Regex Line();
}
