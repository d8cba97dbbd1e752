using System.CommandLine;
using System.Globalization;
using StudyPlan.Order;
using StudyPlan.Studies;
using StudyPlan.Timing;
using StudyPlan.Variables;
using StudyResults;

namespace StudyPlan.Commands;

/// <summary>
/// StudyPlan next: writes the runs of the next start of servers, and tells a shell what to start. When a block is complete it
/// tells people how far the study is and decides whether there is another one.
/// </summary>
internal static class NextCommand
{
    public static Command Create(Func<string, string?> variables)
    {
        var folder = new Argument<string>("DIR") { Description = "The study's folder" };
        var file = new Argument<string>("FILE") { Description = "Where to write the runs, for RequestClient runs" };
        var graph =
            new Option<string>("--graph") { Description = "The program that looks at the answers so far", Required = true };
        var command = new Command(
            "next", "Say which servers to start next, and for which runs; start is empty when the study is complete")
        {
            folder, file, graph,
        };
        command.SetAction(parse =>
            Run(parse.GetRequiredValue(folder), parse.GetRequiredValue(file), parse.GetRequiredValue(graph), variables));
        return command;
    }

    private static int Run(string folder, string file, string graph, Func<string, string?> variables)
    {
        var plan =
            PlanFile.Read(folder) ?? throw new InvalidOperationException($"{folder} holds no plan.txt: StudyPlan begin makes it");
        var (asked, problems) = Asked.OfFolder(folder, plan, variables);
        if (asked is null) return PlanCommand.Tell(problems);
        var state = RunState.Read(folder, asked.Values);
        EnsureMeasured(plan, asked, state);
        var next = NextStart.Find(plan, asked.Parameters, state);
        if (next is null && plan.Stopped is null) next = AddBlock(plan, asked, state, graph);
        if (next is null) return Finish(plan, state);

        File.WriteAllLines(file, [$"# {PlannedRun.Columns}", .. next.Runs.Select(run => run.ToString())]);
        plan.AddStart(new ServerStart(DateTimeOffset.UtcNow, next.Block, next.Group));
        Console.WriteLine(ShellText.Assign("start", $"block {next.Block} {next.Group}"));
        Console.WriteLine(ShellText.Assign("worker", StartWords.Worker(asked, next.Group)));
        Console.WriteLine(ShellText.Assign("supervision", StartWords.MultiProc(asked, next.Group)));
        Console.WriteLine(ShellText.Assign("load", StartWords.Client(asked)));
        Console.WriteLine(ShellText.Assign("pinned", StartWords.Pinned(asked)));
        Console.WriteLine(ShellText.Assign("store", StartWords.StoreCommand(asked, next.Group)));
        return 0;
    }

    /// <summary>A start after which nothing at all was recorded would be followed by others like it, without an end.</summary>
    private static void EnsureMeasured(PlanFile plan, Asked asked, RunState state)
    {
        if (plan.Sessions is not [.., { Starts: [.., var last] }]) return;
        var runs = plan.Runs.Where(run => run.Block == last.Block && asked.Parameters.GroupOf(Cell.Of(run)) == last.Group);
        if (!state.HasAny(runs, last.At))
        {
            throw new InvalidOperationException(
                $"nothing was recorded of block {last.Block} ({last.Group}): see above and {asked.Folder}/servers.log");
        }
    }

    /// <summary>The first start of another block; null, and the plan says why, when the study stops here.</summary>
    private static NextStart? AddBlock(PlanFile plan, Asked asked, RunState state, string graph)
    {
        var blocks = plan.Runs.Max(run => run.Block);
        var used = TimeUsed.Of(plan.Sessions, state);
        var look = Stopping.IsLookDue(asked.Parameters, blocks)
            ? Look.Take(graph, Path.Combine(asked.Folder, "runs.jsonl"))
            : null;
        var reason = Stopping.FindReason(asked.Parameters, blocks, used.Measuring, look?.Open);
        Console.Error.WriteLine(Progress.Describe(asked.Parameters, blocks, used, look, reason));
        if (reason is not null)
        {
            plan.AddStop(reason, blocks);
            return null;
        }

        plan.AddBlock(ShuffledBlocks.Of(asked.Parameters).ElementAt(blocks));
        return NextStart.Find(plan, asked.Parameters, state);
    }

    private static int Finish(PlanFile plan, RunState state)
    {
        var bad = plan.Runs.Where(run => !state.IsGood(run)).ToList();
        foreach (var run in bad) Console.Error.WriteLine($"{RunText.Describe(run)} is not right: {state.FindFault(run)}");
        Console.WriteLine(ShellText.Assign("start", ""));
        Console.WriteLine(
            ShellText.Assign("bad", string.Create(CultureInfo.InvariantCulture, $"{bad.Count} of {plan.Runs.Count}")));
        return 0;
    }
}
