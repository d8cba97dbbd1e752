using System.Globalization;
using StudyPlan.Order;
using StudyPlan.Studies;
using StudyPlan.Variables;
using StudyResults;

namespace StudyPlan.Timing;

/// <summary>How fast a cell will most likely be, from what earlier studies of this machine measured.</summary>
internal sealed class Rates(IReadOnlyList<RunRecord> earlier)
{
    /// <summary>Where nothing is known; a server on two cores does between a tenth and ten times of it.</summary>
    public const double AssumedPerSecond = 2000;

    /// <summary>
    /// Runs of the same server under the same limits, from every study below a folder; what can't be read is left out.
    /// </summary>
    public static Rates From(string folder, Asked asked)
    {
        var server = StudiedServer.NameOf(asked.Values);
        var limit = double.TryParse(asked.Values["CPU_LIMIT"], CultureInfo.InvariantCulture, out var cores)
            ? cores
            : (double?)null;
        var (cpu, count) = (Machine.CpuModel(), Environment.ProcessorCount);
        var files = Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "runs.jsonl", SearchOption.AllDirectories) : [];
        return new Rates(
        [
            .. files.SelectMany(ReadOrNone)
                .Where(
                    run =>
                        run.Operations > 0 && run.CpuLimit == limit && run.Machine.CpuModel == cpu && run.Machine.Cores == count)
                .Where(run => run.Store?.StartsWith(server + " on ", StringComparison.Ordinal) == true)
                .Where(run => !asked.World.IsBlobsServer || run.Durability == asked.Values["DURABILITY"]),
        ]);
    }

    /// <summary>The median of the runs that are most like it; null when none is like it at all.</summary>
    public double? PerSecond(Cell cell)
    {
        var alike = earlier.Where(run => run.Action == cell.Action && run.SizeKiB == cell.Scenario.SizeKiB).ToList();
        var best = alike.GroupBy(
            run =>
                (run.StoreEngine == cell.Store ? 4 : 0) + (run.Procs == cell.Procs ? 2 : 0) + (run.Proxy == cell.WayIn ? 1 : 0))
            .MaxBy(group => group.Key);
        return best?.Select(run => run.Operations / run.ElapsedSeconds).Order().ElementAt(best.Count() / 2);
    }

    private static IReadOnlyList<RunRecord> ReadOrNone(string file)
    {
        try
        {
            return RunLog.Read(file);
        }
        catch (Exception failure) when (failure is RunLogException or IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
