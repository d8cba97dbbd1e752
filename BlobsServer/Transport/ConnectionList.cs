using BlobsServer.Linux;

namespace BlobsServer.Transport;

/// <summary>
/// All connections that are open, and how many there may be. When there is no room for another, those make room that have
/// been silent longest: a proxy keeps idle connections for hours, and so may anybody else, but not at the cost of who asks.
/// </summary>
internal sealed class ConnectionList
{
    /// <summary>
    /// The most at once, where descriptors would allow more: with what Kestrel keeps of each, some hundred megabytes.
    /// </summary>
    private const int MostConnections = 20_000;

    // A blob's file may take the descriptor that was just freed: try a few times, and not for as long as anybody is silent.
    private const int MostClosedForOne = 4;

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

    /// <summary>False when all are at work.</summary>
    public bool TryCloseMostSilent()
    {
        // Who turns out to be at work after all is silent no more: the next look finds another.
        for (var attempt = 0; attempt < MostClosedForOne; attempt++)
        {
            if (MostSilent() is not { } connection) return false;
            if (connection.TryCloseSilent()) return true;
        }

        return false;
    }

    private int Count
    {
        get
        {
            lock (_all) return _all.Count;
        }
    }

    private EpollConnection? MostSilent()
    {
        lock (_all) return _all.Where(connection => connection.SilentSince is not null).MinBy(connection => connection.SilentSince);
    }
}
