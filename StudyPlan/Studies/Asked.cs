using StudyPlan.Order;
using StudyPlan.Variables;

namespace StudyPlan.Studies;

/// <summary>What somebody asked for, checked as a whole.</summary>
/// <param name="Values">The variables.</param>
/// <param name="World">What they name in the checkout.</param>
/// <param name="Parameters">What is compared, how often and how long.</param>
/// <param name="Folder">Where the study is kept; it may not be there yet.</param>
internal sealed record Asked(Values Values, StudyWorld World, StudyParameters Parameters, string Folder)
{
    private const string ResumeName = "RESUME";

    /// <summary>The names of the variables that were set from outside run-test.sh, spaces or line ends between them.</summary>
    private const string GivenName = "GIVEN";

    /// <summary>Whether it was begun before.</summary>
    public bool IsResumed { get; init; }

    public Fingerprint TakeFingerprint() => Fingerprint.Take(World.ActionFiles, World.Worker.Split(' ')[0]);

    /// <summary>From the environment: a new study, or the one in $RESUME; or all that is wrong, a line each.</summary>
    public static (Asked? Asked, IReadOnlyList<string> Problems) Read(Func<string, string?> environment)
    {
        var (asked, problems) = environment(ResumeName) is { Length: > 0 } folder
            ? Resume(WithoutEnd(folder), environment)
            : Check(UsualValues.Around(environment, Given(environment)), environment("OUT") ?? "");
        if (asked is null) return (null, problems);
        IReadOnlyList<string> ofPlaces = [.. new[] { ProblemOfFolder(asked), BlobsFolder.FindProblem(asked.Values["BLOBS_DIR"]) }
            .OfType<string>()];
        return ofPlaces.Count == 0 ? (asked, []) : (null, ofPlaces);
    }

    /// <summary>The study that was begun in a folder, with ports and the like from the environment.</summary>
    public static (Asked? Asked, IReadOnlyList<string> Problems) OfFolder(
        string folder, PlanFile plan, Func<string, string?> environment)
    {
        var variables = AllVariables.List.ToDictionary(variable => variable.Name);
        return Check(
            name => variables.TryGetValue(name, out var variable) && plan.ValueOf(variable) is { } kept
                ? kept
                : environment(name), folder);
    }

    private static (Asked?, IReadOnlyList<string>) Check(Func<string, string?> lookUp, string folder)
    {
        var (values, problems) = Values.Read(lookUp);
        if (values is null) return (null, problems);
        (var world, problems) = StudyWorld.Find(values);
        if (world is null) return (null, problems);
        if (world.Asked.Trace is { } trace)
            values = values.With("SCENARIOS", Scenario.Of(trace, values.Words("SCENARIOS")[0]).ToString());
        var parameters = StudyParameters.From(values, world);
        values = values
            .With("PROCS", string.Join(' ', parameters.Procs)).With("ACTIONS", string.Join(' ', parameters.Actions))
            .With(
                "BLOBS_DIR", values["BLOBS_DIR"] is { Length: > 0 } place ? WithoutEnd(place) : BlobsPlace.Choose(
                    isDurable: values["DURABILITY"] == "always"));
        return (new Asked(values, world, parameters, folder.Length > 0 ? folder : StudyFolder.FreshName()), []);
    }

    private static (Asked?, IReadOnlyList<string>) Resume(string folder, Func<string, string?> environment)
    {
        if (PlanFile.Read(folder) is not { } plan)
            return Refuse("it holds no plan.txt, so nothing was begun there: name the folder of an interrupted study");
        if (FindChanged(plan, environment) is { } changed) return Refuse(changed);
        var (asked, problems) = OfFolder(folder, plan, environment);
        if (asked is null) return (null, [.. problems.Select(problem => $"RESUME='{folder}': {problem}")]);
        // Nothing is built yet: the programs are compared later.
        var here = asked.TakeFingerprint() with { Version = plan.Fingerprint.Version, Programs = plan.Fingerprint.Programs };
        if (here.FindDifference(plan.Fingerprint) is { } difference) return Refuse(difference);
        return plan.Stopped is { } stopped && RunState.Read(folder, asked.Values) is var state && plan.Runs.All(state.IsGood)
            ? Refuse($"all of its runs are done ({stopped}): there is nothing to go on with")
            : (asked with { IsResumed = true }, []);

        (Asked?, IReadOnlyList<string>) Refuse(string reason) => (null, [$"RESUME='{folder}': {reason}"]);
    }

    private static string? ProblemOfFolder(Asked asked)
    {
        var name = asked.IsResumed ? ResumeName : "OUT";
        if (File.Exists(asked.Folder)) return $"{name}='{asked.Folder}' is a file; wanted: a folder, which need not be there yet";
        if (!asked.IsResumed && File.Exists(Path.Combine(asked.Folder, "runs.jsonl")))
        {
            return $"OUT='{asked.Folder}': a study lies there already; "
                + $"wanted: another folder, or RESUME={asked.Folder} to go on with it";
        }

        var blobs = asked.Values["BLOBS_DIR"];
        if ($"{Path.GetFullPath(asked.Folder)}/".StartsWith($"{Path.GetFullPath(blobs)}/", StringComparison.Ordinal))
        {
            return $"{name}='{asked.Folder}' lies in BLOBS_DIR='{blobs}', which is emptied before each run; "
                + "wanted: a folder elsewhere";
        }

        return FolderTrial.FindProblem(asked.Folder) is { } reason
            ? $"{name}='{asked.Folder}' can't hold a study ({reason}); wanted: a folder that can"
            : null;
    }

    /// <summary>A folder's name without slashes at its end, through which a link there would be followed.</summary>
    private static string WithoutEnd(string folder) => folder.TrimEnd('/') is { Length: > 0 } name ? name : "/";

    private static string[] Given(Func<string, string?> environment) =>
        (environment(GivenName) ?? "").Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries);

    private static string? FindChanged(PlanFile plan, Func<string, string?> environment)
    {
        var given = Given(environment);
        foreach (var variable in AllVariables.List.Where(variable => given.Contains(variable.Name)))
        {
            if (environment(variable.Name)?.Trim() is not { Length: > 0 } now || plan.ValueOf(variable) is not { } then) continue;
            if (variable.Words(now).ToHashSet().SetEquals(variable.Words(then))) continue;
            return $"{variable.Name} was '{then}' when it was begun and is '{now}' now: "
                + $"leave {variable.Name} out, or start another study";
        }

        return null;
    }
}
