using Graph.Analysis.Scenarios;

namespace Graph.Analysis.Comparing;

/// <summary>The answers of one scenario.</summary>
internal sealed record ScenarioVerdicts
{
    public required ScenarioContrasts Contrasts { get; init; }

    /// <summary>For each number of processes but the fewest, over all actions.</summary>
    public required IReadOnlyList<Comparison> Primary { get; init; }

    /// <summary>The same for each action by itself.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<Comparison>> Actions { get; init; }

    /// <summary>The smallest cell against itself; null where it was measured under one label.</summary>
    public Comparison? Control { get; init; }

    /// <summary>Whether the control differs, so that no answer of this scenario is given.</summary>
    public bool IsWithheld => Differs(Control);

    public IEnumerable<Comparison> All => Primary.Concat(Actions.Values.SelectMany(comparisons => comparisons));

    /// <summary>
    /// Judges the scenarios of one study together: all primary comparisons are one family, all those of single actions another,
    /// all controls a third.
    /// </summary>
    public static IReadOnlyList<ScenarioVerdicts> Of(IReadOnlyList<Scenario> scenarios, DecisionRule rule)
    {
        var contrasts = scenarios.Select(ScenarioContrasts.Of).ToList();
        var ofControls = new Queue<Comparison>(
            Family.Judge(
                [
                    .. contrasts.Where(scenario => scenario.Control is not null)
                        .Select(scenario => scenario.Control! with { SharesStarts = scenario.SharesStarts })
                ], rule.OfControl));
        var controls = contrasts.Select(scenario => scenario.Control is null ? null : ofControls.Dequeue()).ToList();
        var withheld = controls.Select(Differs).ToList();
        IReadOnlyList<Contrast> Marked(IEnumerable<Contrast> all, int scenario) =>
        [
            .. all.Select(contrast => contrast with
            {
                IsWithheld = withheld[scenario],
                SharesStarts = contrasts[scenario].SharesStarts,
            }),
        ];

        var primary = InOneFamily([.. contrasts.Select((scenario, index) => Marked(scenario.Primary, index))], rule);
        var single = InOneFamily(
            [
                .. contrasts.Select((scenario, index) => Marked(scenario.Actions.SelectMany(action => action.Contrasts), index))
            ], rule);
        return
        [
            .. contrasts.Select((scenario, index) =>
            {
                var answers = new Queue<Comparison>(single[index]);
                return new ScenarioVerdicts
                {
                    Contrasts = scenario,
                    Primary = primary[index],
                    Control = controls[index],
                    Actions = scenario.Actions.ToDictionary(
                        action => action.Action,
                        action => (IReadOnlyList<Comparison>)[.. action.Contrasts.Select(_ => answers.Dequeue())]),
                };
            }),
        ];
    }

    /// <summary>Whether a control shows a difference where there is none.</summary>
    public static bool Differs(Comparison? control) => control?.Answer is Answer.Faster or Answer.Slower;

    /// <summary>Judges groups of contrasts together and gives the answers back by group.</summary>
    public static IReadOnlyList<IReadOnlyList<Comparison>> InOneFamily(
        IReadOnlyList<IReadOnlyList<Contrast>> groups, DecisionRule rule)
    {
        var answers = new Queue<Comparison>(Family.Judge([.. groups.SelectMany(group => group)], rule));
        return [.. groups.Select(group => group.Select(_ => answers.Dequeue()).ToList())];
    }
}
