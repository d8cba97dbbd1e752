namespace Counter.Tests;

/// <summary>The stores are started once, and there is one counter in each: tests that use it go one after the other.</summary>
internal static class SharedCounter
{
    public const string Name = "shared counter";
}
