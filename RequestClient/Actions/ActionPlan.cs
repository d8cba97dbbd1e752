namespace RequestClient.Actions;

/// <summary>What one operation is: its steps, one after another, on one id of its own.</summary>
internal sealed record ActionPlan(string Name, IReadOnlyList<Step> Steps)
{
    /// <summary>Whether a reply has to be seen before the run to know what the replies are.</summary>
    public bool NeedsRehearsal => Steps.Any(step => step.WantedBody == WantedBody.Same);
}
