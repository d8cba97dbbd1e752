namespace BlobsServer.Storage.Quota;

/// <summary>
/// At most so many bytes a user, exact across processes. Uploads reserve first; names are given and taken away under the
/// user's lock together with the count, so that whoever holds the lock sees a count that is true. A process that dies
/// leaves reservations, which its missing mark gives away, or a change half-way, which is seen and counted again.
/// </summary>
internal sealed class UserQuota(BlobTree tree, ProcessMark process, long quotaBytes, TimeProvider time)
{
    private static readonly TimeSpan CountAgainAfter = TimeSpan.FromSeconds(60);

    private readonly PrivateDirectory _directory = new(tree.Root, "quota");

    public long QuotaBytes => quotaBytes;

    /// <summary>Reserves room; false when there is none.</summary>
    public bool TryReserve(string user, long bytes)
    {
        using var file = QuotaFile.Lock(_directory, user);
        var state = Load(file, user);
        if (!state.HasRoomFor(bytes, quotaBytes) && !MakeRoom(state, user, bytes)) return false;
        state.Reserve(process.Id, bytes);
        file.Save(state);
        return true;
    }

    public void GiveBack(string user, long bytes)
    {
        using var file = QuotaFile.Lock(_directory, user);
        var state = Load(file, user);
        state.GiveBack(process.Id, bytes);
        file.Save(state);
    }

    /// <summary>Gives a blob its name and turns its reservation into use; false when the name was taken.</summary>
    public bool Link(string user, long reservedBytes, long sizeBytes, Func<bool> tryLink)
    {
        using var file = QuotaFile.Lock(_directory, user);
        var state = Load(file, user);
        file.Save(state, isChanging: true);
        var isLinked = tryLink();
        state.GiveBack(process.Id, reservedBytes);
        if (isLinked) state.UsedBytes += sizeBytes;
        file.Save(state);
        return isLinked;
    }

    /// <summary>Takes a blob's name away; the function says how large the blob was, null when there was none.</summary>
    public bool Unlink(string user, Func<long?> tryUnlink)
    {
        using var file = QuotaFile.Lock(_directory, user);
        var state = Load(file, user);
        file.Save(state, isChanging: true);
        var freedBytes = tryUnlink();
        state.UsedBytes -= freedBytes ?? 0;
        file.Save(state);
        return freedBytes is not null;
    }

    private QuotaState Load(QuotaFile file, string user)
    {
        var state = file.Load();
        if (state is not null && !state.IsChanging && state.BootId == BootId.Current) return state;
        var isSameBoot = state?.BootId == BootId.Current;
        return Count(isSameBoot ? state! : new QuotaState(), user);
    }

    /// <summary>Before refusing: drop what the dead had reserved, and now and then count what is really there.</summary>
    private bool MakeRoom(QuotaState state, string user, long bytes)
    {
        var own = process.Id;
        foreach (var owner in state.Owners.ToArray())
        {
            if (owner != own && !process.IsAlive(owner)) state.Forget(owner);
        }

        var isOld = time.GetUtcNow().ToUnixTimeSeconds() - state.CountedAtSeconds > CountAgainAfter.TotalSeconds;
        if (isOld && !state.HasRoomFor(bytes, quotaBytes)) Count(state, user);
        return state.HasRoomFor(bytes, quotaBytes);
    }

    private QuotaState Count(QuotaState state, string user)
    {
        state.UsedBytes = DiskUse.CountBytes(tree, user);
        state.CountedAtSeconds = time.GetUtcNow().ToUnixTimeSeconds();
        state.BootId = BootId.Current;
        state.IsChanging = false;
        return state;
    }
}
