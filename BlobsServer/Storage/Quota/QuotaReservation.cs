namespace BlobsServer.Storage.Quota;

/// <summary>Room for one upload; given back unless the blob got its name.</summary>
internal sealed class QuotaReservation(UserQuota quota, string user) : IDisposable
{
    private long _reservedBytes;

    /// <summary>Makes sure that so many bytes are reserved; false when the quota has no room for them.</summary>
    public bool TryCover(long bytes)
    {
        if (bytes <= _reservedBytes) return true;
        if (!quota.TryReserve(user, bytes - _reservedBytes)) return false;
        _reservedBytes = bytes;
        return true;
    }

    public bool Link(long sizeBytes, Func<bool> tryLink)
    {
        var isLinked = quota.Link(user, _reservedBytes, sizeBytes, tryLink);
        _reservedBytes = 0;
        return isLinked;
    }

    public void Dispose()
    {
        if (_reservedBytes > 0) quota.GiveBack(user, _reservedBytes);
        _reservedBytes = 0;
    }
}
