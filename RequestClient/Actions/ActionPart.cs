namespace RequestClient.Actions;

/// <summary>One of the actions that an operation may be: some of the plan's steps.</summary>
internal sealed record ActionPart
{
    public required string Name { get; init; }

    public required int FirstStep { get; init; }

    public required int StepCount { get; init; }

    /// <summary>Where its operations' values come from; null when it needs none.</summary>
    public Feed? Feed { get; init; }

    /// <summary>Whether the store counts its operations.</summary>
    public required bool IsCounted { get; init; }

    /// <summary>Whether a reply has to be seen before the run to know what the replies are.</summary>
    public required bool NeedsRehearsal { get; init; }
}
