namespace RequestClient.Actions;

/// <summary>What one operation is: its steps, one after another, on one id of its own.</summary>
internal sealed record ActionPlan(string Name, IReadOnlyList<Step> Steps)
{
    /// <summary>
    /// The path that says how many operations the store holds, read before and after the window; null when nothing counts them.
    /// </summary>
    public string? CountedBy { get; init; }

    /// <summary>Whether a reply has to be seen before the run to know what the replies are.</summary>
    public bool NeedsRehearsal => Steps.Any(step => step.Wants(WantedBody.Same));
}
