using System.Globalization;
using StudyPlan.Order;

namespace StudyPlan.Timing;

/// <summary>How far a study is, in the line that people read after each block.</summary>
internal static class Progress
{
    public static string Describe(StudyParameters parameters, int blocks, TimeUsed used, Look? look, string? reason)
    {
        var words = new List<string> { string.Create(
            CultureInfo.InvariantCulture, $"{blocks} {(blocks == 1 ? "block" : "blocks")} done in {Clock(used.Total)}") };
        if (reason is null) words.Add(Left(parameters, blocks, used));
        if (look is not null)
            words.Add(string.Create(CultureInfo.InvariantCulture, $"{look.Open} of {look.All} comparisons open"));
        if (look is { Answer.Length: > 0 }) words.Add($"answer so far: {look.Answer}");
        if (reason is not null) words.Add(Why(reason));
        return string.Join("; ", words);
    }

    public static string Clock(TimeSpan time) => time.TotalHours >= 1
        ? string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalHours}:{time:mm\\:ss}")
        : string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalMinutes}:{time:ss}");

    private static string Left(StudyParameters parameters, int blocks, TimeUsed used)
    {
        var least = blocks < parameters.Runs ? used.Total / blocks * (parameters.Runs - blocks) : TimeSpan.Zero;
        // What is left of the budget is for measuring; each block takes its start beside.
        var rest = used.Measuring > TimeSpan.Zero
            ? (parameters.Budget - used.Measuring) * (used.Total / used.Measuring)
            : parameters.Budget;
        var most = rest > least ? rest : least;
        return most > least && least > TimeSpan.Zero ? $"{Clock(least)} to {Clock(most)} left" : $"at most {Clock(most)} left";
    }

    private static string Why(string reason) => reason switch
    {
        Stopping.Decided => "every comparison is decided",
        Stopping.Budget => "another block would go beyond BUDGET",
        _ => "BUDGET=0 asks for no more",
    };
}
