using BlobsServer.Storage.Disk.Files;

namespace BlobsServer.Storage.Disk.Quota;

/// <summary>
/// At most so many bytes a user, exact across processes: names are given and taken away under the user's lock together with
/// the count, so that whoever holds the lock sees a count that is true. A process that dies half-way leaves a mark in the
/// file, and the blobs are counted again.
/// </summary>
internal sealed class UserQuota(BlobTree tree, long quotaBytes, TimeProvider time)
{
    private static readonly TimeSpan CountAgainAfter = TimeSpan.FromSeconds(60);

    private readonly PrivateDirectory _directory = new(tree.Root, "quota");

    /// <summary>A user's account, locked until it is disposed of. Waits for whoever has it.</summary>
    public UserAccount Open(string user)
    {
        var file = QuotaFile.Lock(_directory, user);
        try
        {
            var saved = file.Load();
            var isTrue = saved is { IsChanging: false } && saved.BootId == BootId.Current;
            return new UserAccount(this, user, file, isTrue ? saved! : Count(user));
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Whether a blob of this size fits. Before refusing, what is really there is counted now and then.</summary>
    public bool HasRoomFor(long sizeBytes, string user, ref QuotaState state)
    {
        var charge = QuotaCharge.Of(sizeBytes);
        if (charge <= quotaBytes - state.UsedBytes) return true;
        if (time.GetUtcNow().ToUnixTimeSeconds() - state.CountedAtSeconds <= CountAgainAfter.TotalSeconds) return false;
        state = Count(user);
        return charge <= quotaBytes - state.UsedBytes;
    }

    private QuotaState Count(string user) => new()
    {
        // Of what somebody else changes without counting, nothing can be kept. Asked before the count: whoever starts
        // meanwhile, or later, removes the file that this will be saved in.
        IsChanging = UncountedServers.IsOneRunning(tree.Root),
        UsedBytes = DiskUse.Count(tree, user),
        CountedAtSeconds = time.GetUtcNow().ToUnixTimeSeconds(),
        BootId = BootId.Current,
    };
}
