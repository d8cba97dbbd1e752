using System.Globalization;

namespace StudyPlan;

/// <summary>How fast a cell will most likely be, from what earlier studies of this machine measured.</summary>
internal sealed class Rates(IReadOnlyList<RecordedRun> earlier)
{
    /// <summary>Where nothing is known; a server on two cores does between a tenth and ten times of it.</summary>
    public const double AssumedPerSecond = 2000;

    /// <summary>Runs of the same server under the same limits, from every study below a folder; what can't be read is left out.</summary>
    /// <param name="folder">Where studies are kept.</param>
    /// <param name="kept">The study's variables.</param>
    public static Rates From(string folder, IReadOnlyList<Variable> kept)
    {
        string Of(string name) => kept.FirstOrDefault(variable => variable.Name == name).Value ?? "";
        var server = Of("SERVER") is { Length: > 0 } other ? other : "BlobsServer";
        var isOurs = server == "BlobsServer";
        var limit = double.TryParse(Of("CPU_LIMIT"), CultureInfo.InvariantCulture, out var cores) ? cores : (double?)null;
        var machine = WithoutKernel(Machine.Describe());
        var files = Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "runs.jsonl", SearchOption.AllDirectories) : [];
        return new Rates(
        [
            .. files.SelectMany(file => RecordedRun.Read(file, out _))
                .Where(run => run.Operations > 0 && run.CpuLimit == limit)
                .Where(run => run.Machine is { } of && WithoutKernel($"{of.CpuModel}, {of.Cores} processors") == machine)
                .Where(run => run.Store?.StartsWith(server + " on ", StringComparison.Ordinal) == true)
                .Where(run => !isOurs || run.Durability == Of("DURABILITY")),
        ]);
    }

    /// <summary>The median of the runs that are most like it; null when none is like it at all.</summary>
    public double? PerSecond(Cell cell)
    {
        var alike = earlier.Where(run => run.Action == cell.Action && run.SizeKiB == cell.Scenario.SizeKiB).ToList();
        var best = alike.GroupBy(run => (run.Procs == cell.Procs ? 2 : 0) + (run.Proxy == cell.WayIn ? 1 : 0)).MaxBy(group => group.Key);
        return best?.Select(run => run.OperationsPerSecond).Order().ElementAt(best.Count() / 2);
    }

    /// <summary>Without the kernel: its number changes more often than speeds do.</summary>
    private static string WithoutKernel(string machine) => machine.Split(", Linux")[0];
}
