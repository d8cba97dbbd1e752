namespace MultiProc.Tests.Load;

/// <summary>Tests that need the machine for themselves: one after the other, when all else is done.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
