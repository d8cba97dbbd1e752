using System.Globalization;

namespace Graph.Inputs;

/// <summary>plan.txt, which StudyPlan wrote beside the runs: what the study was asked for, in lines that begin with #.</summary>
/// <param name="Lines">Those lines without their #; empty where there is no plan that can be read.</param>
/// <param name="DecidedAfterBlocks">
/// The look at which the study ended because all was decided; null when it went on to its last block, or there is no plan.
/// </param>
internal sealed record PlanFile(IReadOnlyList<string> Lines, int? DecidedAfterBlocks)
{
    private const int MostLines = 50;
    private const string Trailer = "# stopped ";

    public static PlanFile None { get; } = new([], null);

    public static PlanFile ReadBeside(string path)
    {
        try
        {
            var plan = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(path))!, "plan.txt");
            if (!File.Exists(plan)) return None;
            return new PlanFile(
                [
                    .. File.ReadLines(plan).TakeWhile(line => line.StartsWith('#')).Take(MostLines)
                        .Select(line => OneLine.Of(line.TrimStart('#', ' ')))
                ],
                File.ReadLines(plan).LastOrDefault(line => line.StartsWith(Trailer, StringComparison.Ordinal)) is { } stop
                    ? DecidedAfter(stop)
                    : null);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException)
        {
            // The report can do without it; whatever is wrong there, reading the runs will say more.
            return None;
        }
    }

    /// <summary>Of "# stopped decided after 12 blocks"; null where the budget or the runs ended it.</summary>
    private static int? DecidedAfter(string trailer) =>
        trailer.Split(' ', StringSplitOptions.RemoveEmptyEntries) is ["#", "stopped", "decided", "after", var count, ..]
            && int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var blocks) ? blocks : null;
}
