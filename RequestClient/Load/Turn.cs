namespace RequestClient.Load;

/// <summary>One operation of a phase, from 0, and the moment at which it was due.</summary>
internal readonly record struct Turn(long Operation, long DueNanoseconds);
