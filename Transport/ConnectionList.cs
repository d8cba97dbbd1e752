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
    /// spared: a crowd that comes at once and says nothing makes room at once, and for itself. Those of the crowd whose
    /// bytes are being looked at are known to be silent, or at work, in a moment: until then nobody is closed for them who asks
    /// all the time.
    /// </summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);

    // A blob's file may take the descriptor that was just freed: try a few times, and not for as long as anybody is silent.
    private const int MostClosedForOne = 4;

    /// <summary>
    /// One look at all finds so many, else each of a crowd would cost a look at all: some ms of twenty thousand.
    /// </summary>
    private const int MostFound = 64;

    private static readonly TimeSpan FoundHolds = TimeSpan.FromMilliseconds(10);

    private readonly HashSet<EpollConnection> _all = [];
    private readonly Lock _closing = new();
    private readonly Queue<SilentConnection> _found = new();
    private long _foundAt;

    /// <summary>How many are open.</summary>
    public int Count
    {
        get
        {
            lock (_all) return _all.Count;
        }
    }

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
    public bool TryCloseMostSilent()
    {
        lock (_closing)
        {
            if (_found.Count > 0 && time.GetElapsedTime(_foundAt) > FoundHolds) _found.Clear();
            if (TryCloseFound()) return true;
            Find();
            return TryCloseFound();
        }
    }

    /// <summary>Kestrel gets all that it doesn't know yet, because there will be no later.</summary>
    public void ServeAll()
    {
        foreach (var connection in All()) connection.Serve();
    }

    private EpollConnection[] All()
    {
        lock (_all) return [.. _all];
    }

    /// <summary>Some may have turned out to be at work, or were at work meanwhile.</summary>
    private bool TryCloseFound()
    {
        while (_found.TryDequeue(out var silent))
        {
            if (silent.Connection.SilentSince == silent.Since && silent.Connection.TryCloseSilent()) return true;
        }

        return false;
    }

    /// <summary>
    /// Those silent longest, the longest first, and behind them the unspared who have come or were answered just now.
    /// </summary>
    private void Find()
    {
        var all = All();
        _foundAt = time.GetTimestamp();
        var silent = new List<SilentConnection>(all.Length);
        foreach (var connection in all)
        {
            if (connection.SilentSince is not { } since) continue;
            var isInGrace = time.GetElapsedTime(since, _foundAt) < Grace;
            silent.Add(
                new(connection, since, !isInGrace ? Standing.Silent : connection.HasAsked ? Standing.Asks : Standing.Stranger));
        }

        silent.Sort();
        var unspared = silent.Count - ((all.Length + 1) / 2);
        var worst = silent.Exists(one => one.Standing == Standing.Stranger) ? Standing.Stranger : Standing.Asks;
        for (var index = 0; index < silent.Count && _found.Count < MostFound; index++)
        {
            var standing = silent[index].Standing;
            if (standing == Standing.Silent || (index < unspared && standing <= worst)) _found.Enqueue(silent[index]);
        }
    }
}
