namespace Linux;

/// <summary>How many descriptors the process may have, and how near it is to that.</summary>
internal static class Descriptors
{
    /// <summary>
    /// Kept free of connections: files have to be opened for requests, and .NET ends the process when it can't open one of
    /// its own assemblies.
    /// </summary>
    private const int MostReserved = 64;

    /// <summary>How many the process may have.</summary>
    public static int Limit { get; } =
        Libc.GetResourceLimit(ResourceLimit.OpenFiles, out var limit) == 0
            ? (int)Math.Min(limit.Soft, int.MaxValue)
            : int.MaxValue;

    private static readonly int FirstReserved = Limit - Math.Min(MostReserved, Limit / 4);

    /// <summary>
    /// Descriptors are handed out lowest number first, so the number of a new one says how many there are. One that is
    /// reserved is exchanged for a lower one; false when there is none.
    /// </summary>
    public static bool TryLeaveReserved(ref OpenFile file)
    {
        if (file.Descriptor < FirstReserved) return true;
        var lower = Libc.Duplicate(file.Descriptor);
        if (lower < 0) return false;
        if (lower >= FirstReserved)
        {
            _ = Libc.Close(lower);
            return false;
        }

        file.Dispose();
        file = new OpenFile(lower);
        return true;
    }
}
