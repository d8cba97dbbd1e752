namespace StudyPlan.Variables;

/// <summary>What the variables are set to; all of them, as they were checked.</summary>
internal sealed class Values
{
    private readonly IReadOnlyDictionary<string, string> _byName;

    private Values(IReadOnlyDictionary<string, string> byName) => _byName = byName;

    public string this[string name] => _byName[name];

    public IReadOnlyList<string> Words(string name) =>
        AllVariables.List.First(variable => variable.Name == name).Words(this[name]);

    /// <summary>All values, or a line for each that is wrong.</summary>
    /// <param name="lookUp">A variable's value; null when nobody set it.</param>
    public static (Values? Values, IReadOnlyList<string> Problems) Read(Func<string, string?> lookUp)
    {
        var values = AllVariables.List.ToDictionary(variable => variable.Name, variable => lookUp(variable.Name)?.Trim() ?? "");
        var problems = AllVariables.List.Select(variable => variable.FindProblem(values[variable.Name])).OfType<string>()
            .ToList();
        return problems.Count > 0 ? (null, problems) : (new Values(values), []);
    }

    /// <summary>The same with one changed.</summary>
    public Values With(string name, string value) => new(new Dictionary<string, string>(_byName) { [name] = value });
}
