using System.Collections.Immutable;

namespace MultiProc.Processes;

/// <summary>What to run: a program and its arguments.</summary>
internal sealed record ProcessCommand(ImmutableArray<string> Words)
{
    /// <summary>What is added to the environment or, where null, taken from it.</summary>
    public ImmutableDictionary<string, string?> Environment { get; init; } = ImmutableDictionary<string, string?>.Empty;

    /// <summary>The folders of the control groups that it joins before it runs.</summary>
    public ImmutableArray<string> ControlGroups { get; init; } = [];
}
