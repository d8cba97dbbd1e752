using System.Collections.Immutable;

namespace MultiProc.Processes;

/// <summary>What to run: a program, its arguments, and what is added to or (null) taken from the environment.</summary>
internal sealed record ProcessCommand(ImmutableArray<string> Words)
{
    public ImmutableDictionary<string, string?> Environment { get; init; } = ImmutableDictionary<string, string?>.Empty;
}
