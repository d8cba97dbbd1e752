using Linux;

namespace Transport;

/// <summary>
/// All connections that are open, and how many there may be. When there is no room for another, those make room that have
/// been silent longest: a proxy keeps idle connections for hours, and so may anybody else, but not at the cost of who asks.
/// </summary>
/// <param name="time">The clock by which connections are silent.</param>
internal sealed class ConnectionList(TimeProvider time)
{
    /// <summary>
    /// The most at once, where descriptors would allow more: with what Kestrel keeps of each, some hundred megabytes.
    /// </summary>
    private const int MostConnections = 20_000;

    /// <summary>
    /// Who has just connected, or was just answered, is about to ask, and is left this long. Without it, when all others are
    /// at work, each newcomer would be closed for the next before his first byte is here. Only so many as half of all are
    /// spared: a crowd that comes at once and says nothing makes room at once.
    /// </summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);

    // A blob's file may take the descriptor that was just freed: try a few times, and not for as long as anybody is silent.
    private const int MostClosedForOne = 4;

    private const int MostLookedAt = 16;

    private readonly HashSet<EpollConnection> _all = [];

    public void Add(EpollConnection connection)
    {
        lock (_all) _all.Add(connection);
    }

    public void Remove(EpollConnection connection)
    {
        lock (_all) _all.Remove(connection);
    }

    /// <summary>Whether an accepted socket can become a connection; makes room for it if need be.</summary>
    /// <param name="socket">Becomes another of its descriptors where its number was one of the reserved.</param>
    public bool HasRoomFor(ref OpenFile socket)
    {
        for (var closed = 0; ; closed++)
        {
            if (Count < MostConnections && Descriptors.TryLeaveReserved(ref socket)) return true;
            if (closed == MostClosedForOne || !TryCloseMostSilent()) return false;
        }
    }

    /// <summary>False when nobody is silent.</summary>
    public bool TryCloseMostSilent() => MostSilent().Any(connection => connection.TryCloseSilent());

    private int Count
    {
        get
        {
            lock (_all) return _all.Count;
        }
    }

    /// <summary>Those silent longest, the longest first: some may turn out to be at work after all.</summary>
    private List<EpollConnection> MostSilent()
    {
        lock (_all)
        {
            var silent = _all.Where(connection => connection.SilentSince is not null)
                .Select(connection => (Connection: connection, Since: connection.SilentSince ?? long.MaxValue))
                .OrderBy(one => one.Since).ToList();
            var unspared = silent.Count - ((_all.Count + 1) / 2);
            return [.. silent
                .Where((one, index) => index < unspared || time.GetElapsedTime(one.Since) >= Grace)
                .Take(MostLookedAt)
                .Select(one => one.Connection)];
        }
    }
}
