namespace RequestClient.Actions;

/// <summary>What one operation is: its steps, one after another, on one id and one line of a feed.</summary>
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

    /// <summary>What the texts of the next request may hold.</summary>
    public Places Places => new(Feed?.Columns ?? [], Kept);

    /// <summary>Whether a reply has to be seen before the run to know what the replies are.</summary>
    public bool NeedsRehearsal => Steps.Any(step => step.Wants(WantedBody.Same));
}
