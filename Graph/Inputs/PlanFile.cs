namespace Graph.Inputs;

/// <summary>plan.txt, which StudyPlan wrote beside the runs: what the study was asked for, in lines that begin with #.</summary>
internal static class PlanFile
{
    private const int MostLines = 50;

    /// <summary>The lines without their #; empty where there is no plan that can be read.</summary>
    public static IReadOnlyList<string> ReadBeside(string path)
    {
        try
        {
            var plan = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(path))!, "plan.txt");
            return !File.Exists(plan) ? [] :
                [.. File.ReadLines(plan).TakeWhile(line => line.StartsWith('#')).Take(MostLines).Select(line => OneLine.Of(line.TrimStart('#', ' ')))];
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException)
        {
            // The report can do without it; whatever is wrong there, reading the runs will say more.
            return [];
        }
    }
}
