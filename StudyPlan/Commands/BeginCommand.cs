using StudyPlan.Order;
using StudyPlan.Studies;
using StudyPlan.Timing;
using StudyResults;

namespace StudyPlan.Commands;

/// <summary>StudyPlan begin: the plan of a new study with its first blocks, or another session of an old one.</summary>
internal static class BeginCommand
{
    public static int Run(Asked asked)
    {
        var fingerprint = asked.TakeFingerprint();
        var plan = asked.IsResumed ? PlanFile.Read(asked.Folder) : null;
        if (plan is not null && fingerprint.FindDifference(plan.Fingerprint) is { } difference)
            return PlanCommand.Tell([$"RESUME='{asked.Folder}': {difference}: start another study"]);
        if (plan is null)
        {
            plan = PlanFile.Create(asked.Folder, asked.Values, fingerprint);
            foreach (var block in ShuffledBlocks.Of(asked.Parameters).Take(asked.Parameters.Runs)) plan.AddBlock(block);
        }
        else
        {
            var state = RunState.Read(asked.Folder, asked.Values);
            foreach (var run in plan.Runs.Where(run => state.IsRecorded(run) && !state.IsGood(run)))
                Console.Error.WriteLine($"{RunText.Describe(run)} is made again: {state.FindFault(run)}");
        }

        plan.AddSession(DateTimeOffset.UtcNow);
        BlobsFolder.Claim(asked.Values["BLOBS_DIR"]);
        Console.Error.WriteLine(new Estimate(asked.Parameters, Rates.From("results", asked)).Sentence);
        foreach (var ceiling in MissingCeilings(asked)) Console.WriteLine(ceiling);
        return 0;
    }

    /// <summary>Of what the client can do against a trivial reply, which is the built-in actions.</summary>
    private static IEnumerable<string> MissingCeilings(Asked asked)
    {
        if (TimeText.Parse(asked.Values["CEILING"]) == TimeSpan.Zero) return [];
        var path = Path.Combine(asked.Folder, "ceiling.jsonl");
        var measured = (File.Exists(path) ? RunLog.Read(path) : [])
            .Select(run => (run.Action, run.SizeKiB, run.Concurrency)).ToHashSet();
        return asked.Parameters.Cells
            .Where(cell => asked.World.Asked.IsBuiltIn(cell.Action))
            .Select(cell => (cell.Action, cell.Scenario.SizeKiB, cell.Concurrency)).Distinct()
            .Where(ceiling => !measured.Contains(ceiling))
            .Select(ceiling => FormattableString.Invariant($"{ceiling.Action} {ceiling.SizeKiB} {ceiling.Concurrency}"));
    }
}
