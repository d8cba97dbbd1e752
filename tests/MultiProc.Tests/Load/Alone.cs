namespace MultiProc.Tests.Load;

/// <summary>Tests that need the machine for themselves, to time or to count: one after the other, when all else is done.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
