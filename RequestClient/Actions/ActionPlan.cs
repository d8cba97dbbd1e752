namespace RequestClient.Actions;

/// <summary>
/// What operations are: steps, one after another, on one id and one line of a feed. Where operations are of several kinds, the
/// plan has the steps of all of them, and says which operation is of which kind.
/// </summary>
internal sealed record ActionPlan(string Name, IReadOnlyList<Step> Steps)
{
    /// <summary>
    /// The path that says how many operations the store holds, read before and after the window; null when nothing counts them.
    /// </summary>
    public string? CountedBy { get; init; }

    /// <summary>Where its operations' values come from; null when it needs none.</summary>
    public Feed? Feed { get; init; }

    /// <summary>Header lines of the requests that follow, with their places.</summary>
    public IReadOnlyList<string> Headers { get; init; } = [];

    /// <summary>Names of what its steps keep of their replies.</summary>
    public IReadOnlyList<string> Kept { get; init; } = [];

    /// <summary>What operations are composed of, when not of all steps; null otherwise.</summary>
    public IReadOnlyList<ActionPart>? Mixed { get; init; }

    /// <summary>Which of the parts each operation is; begins again after the last.</summary>
    public IReadOnlyList<int> Order { get; init; } = [0];

    /// <summary>When each operation is due and what it must be answered; null when no file says so.</summary>
    public Trace? Trace { get; init; }

    /// <summary>The kinds of operations: one, unless it is a mix.</summary>
    public IReadOnlyList<ActionPart> Parts => Mixed ??
    [
        new ActionPart
        {
            Name = Name,
            FirstStep = 0,
            StepCount = Steps.Count,
            Feed = Feed,
            IsCounted = CountedBy is not null,
            NeedsRehearsal = Steps.Any(step => step.Wants(WantedBody.Same)),
        },
    ];

    /// <summary>What the texts of the next request may hold.</summary>
    public Places Places => new(Feed?.Columns ?? [], Kept);

    /// <summary>Why it can't be run, though it was understood; null when it can.</summary>
    public string? Problem => Broken ?? Feed?.Problem;

    /// <summary>
    /// What does not go with a feed that its file does not name, or is wrong with a part of a mix; null when nothing is.
    /// </summary>
    public string? Broken { get; init; }

    /// <summary>Several plans as one.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="plans">Each with a name of its own.</param>
    /// <param name="order">Which of them each operation is.</param>
    public static (ActionPlan? Action, string? Problem) Mix(
        string name, IReadOnlyList<ActionPlan> plans, IReadOnlyList<int> order)
    {
        var pages = plans.Select(plan => plan.CountedBy).OfType<string>().Distinct().ToList();
        if (pages.Count > 1) return (null, $"one page counts a run, and these are {string.Join(" and ", pages)}");
        var (steps, parts) = (new List<Step>(), new List<ActionPart>());
        foreach (var plan in plans)
        {
            parts.Add(plan.Parts[0] with { FirstStep = steps.Count });
            steps.AddRange(plan.Steps.Select(step => plans.Count == 1 ? step : step with { Name = $"{plan.Name}.{step.Name}" }));
        }

        var kept = plans.MaxBy(plan => plan.Kept.Count)!.Kept;
        return (new ActionPlan(name, steps)
        {
            CountedBy = pages.FirstOrDefault(),
            Kept = kept,
            Mixed = parts,
            Order = order,
            Broken = plans.Select(plan => plan.Problem).FirstOrDefault(wrong => wrong is not null),
        }, null);
    }
}
