using System.Globalization;

namespace StudyPlan;

/// <summary>A study's folder: its plan, and what of it was done.</summary>
internal sealed class StoredStudy
{
    private readonly string[] _plan;
    private readonly HashSet<int> _done;

    private StoredStudy(string[] plan, HashSet<int> done) => (_plan, _done) = (plan, done);

    /// <summary>The plan's run lines that no record is there of, in their order.</summary>
    public IEnumerable<string> Remaining => RunLines.Where(line => !_done.Contains(OrderOf(line)));

    public string? Machine => Header.Where(pair => pair.Key == PlanText.MachineKey).Select(pair => pair.Value).FirstOrDefault();

    /// <summary>What the study was asked for.</summary>
    public IEnumerable<Variable> Variables =>
        Header.Select(pair => new Variable(pair.Key.ToUpperInvariant(), pair.Value)).Where(variable => Variable.Known.Contains(variable.Name));

    private IEnumerable<string> RunLines => _plan.Where(line => line.Length > 0 && !line.StartsWith('#'));

    private IEnumerable<(string Key, string Value)> Header => _plan.Where(line => line.StartsWith('#'))
        .Select(line => line.TrimStart('#', ' ').Split(' ', 2)).Select(words => (words[0], words.Length == 2 ? words[1] : ""));

    /// <summary>Null, and why, when the folder holds no study that can be gone on with.</summary>
    public static StoredStudy? Read(string folder, out string problem)
    {
        problem = "";
        var plan = Path.Combine(folder, "plan.txt");
        var runs = Path.Combine(folder, "runs.jsonl");
        try
        {
            if (!File.Exists(plan)) problem = $"{folder} holds no plan.txt, so nothing was begun there: name the folder of an interrupted study";
            var lines = problem.Length > 0 ? [] : File.ReadAllLines(plan);
            var done = new HashSet<int>();
            foreach (var run in File.Exists(runs) ? RecordedRun.Read(runs, out problem) : []) done.Add(run.Order ?? 0);
            return problem.Length > 0 ? null : new StoredStudy(lines, done);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            problem = $"{folder} can't be read: {failure.Message}";
            return null;
        }
    }

    /// <summary>Why it must not be gone on with here and now; null when it may.</summary>
    /// <param name="machine">The machine that this is.</param>
    /// <param name="given">What a variable is set to now; null or empty when it was left alone.</param>
    public string? FindRefusal(string machine, Func<string, string?> given)
    {
        if (Machine != machine)
            return $"it was begun on {Machine ?? "an unknown machine"}, and this is {machine}: figures of two machines are no study, start another";
        foreach (var variable in Variables)
        {
            if (given(variable.Name) is { Length: > 0 } now && !variable.IsSameAs(now))
            {
                return $"{variable.Name} was '{variable.Value}' when it was begun and is '{now}' now: "
                    + $"leave {variable.Name} out, or start another study";
            }
        }

        return Remaining.Any() ? null : "all of its runs are done: there is nothing to go on with";
    }

    private static int OrderOf(string line) =>
        line.Split(' ') is [_, var order, ..] && int.TryParse(order, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1;
}
