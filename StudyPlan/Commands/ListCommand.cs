using StudyPlan.Studies;
using StudyPlan.Timing;

namespace StudyPlan.Commands;

/// <summary>StudyPlan list: what would be run and how long it would take.</summary>
internal static class ListCommand
{
    public static int Run(Asked asked)
    {
        var estimate = new Estimate(asked.Parameters, Rates.From("results", asked));
        foreach (var line in estimate.Lines()) Console.WriteLine(line);
        return 0;
    }
}
