using System.Globalization;

namespace RequestClient.Actions;

/// <summary>Reads a mix: mix NAME WEIGHT NAME WEIGHT ..., of actions that stand above it or are built in.</summary>
internal static class MixText
{
    public const string Word = "mix ";
    private const string Form = "mix NAME WEIGHT NAME WEIGHT ..., with weights from 1 to 1000";
    private const int MostWeight = 1000;

    /// <summary>Each round has every action as often as it weighs, in an order that is always the same.</summary>
    private const int ShuffleSeed = 1;

    /// <summary>Makes an action that has nothing yet a mix.</summary>
    public static (ActionPlan? Action, TextProblem? Problem) Read(ActionPlan action, string line, Func<string, ActionPlan?> find)
    {
        if (action.Steps.Count > 0 || action.Feed is not null || action.Headers.Count > 0)
            return Wrong(0, "a mix has no lines beside it");
        var words = WordsOf(line, Word.Length).ToList();
        if (words.Count == 0 || words.Count % 2 > 0) return Wrong(0, $"wanted {Form}");
        var (plans, order) = (new List<ActionPlan>(), new List<int>());
        foreach (var pair in words.Chunk(2))
        {
            if (find(pair[0].Word) is not { Mixed: null } plan)
                return Wrong(pair[0].At, $"no action [{pair[0].Word}] stands above it");
            if (plans.Any(earlier => earlier.Name == plan.Name)) return Wrong(pair[0].At, $"{plan.Name} stands there twice");
            if (!(int.TryParse(pair[1].Word, NumberStyles.None, CultureInfo.InvariantCulture, out var weight)
                && weight is >= 1 and <= MostWeight))
            {
                return Wrong(pair[1].At, $"'{pair[1].Word}' is no weight from 1 to {MostWeight}");
            }

            order.AddRange(Enumerable.Repeat(plans.Count, weight));
            plans.Add(plan);
        }

        var shuffled = order.ToArray();
        new Random(ShuffleSeed).Shuffle(shuffled);
        var (mix, problem) = ActionPlan.Mix(action.Name, plans, shuffled);
        return problem is null ? (mix, null) : Wrong(0, problem);

        static (ActionPlan?, TextProblem?) Wrong(int at, string reason) => (null, new TextProblem(at + 1, reason));
    }

    private static IEnumerable<(int At, string Word)> WordsOf(string line, int from)
    {
        for (var at = from; at < line.Length;)
        {
            var end = line.IndexOf(' ', at) is >= 0 and var space ? space : line.Length;
            if (end > at) yield return (at, line[at..end]);
            at = end + 1;
        }
    }
}
