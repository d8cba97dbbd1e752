namespace BlobsServer.Storage.Disk.Quota;

/// <summary>One user's count, while this process has it locked.</summary>
internal sealed class UserAccount(UserQuota quota, string user, QuotaFile file, QuotaState state) : IDisposable
{
    private QuotaState _state = state;

    /// <summary>Whether a blob of this size fits.</summary>
    public bool HasRoomFor(long sizeBytes) => quota.HasRoomFor(sizeBytes, user, ref _state);

    /// <summary>To be called before a name changes; when this fails, nothing may be changed.</summary>
    public void BeginChange() => file.Save(_state with { IsChanging = true });

    /// <summary>
    /// The name has changed, and with it the count. Where that can't be saved, the file keeps saying "changing".
    /// </summary>
    public void EndChange(long chargeBytes)
    {
        _state = _state with { UsedBytes = _state.UsedBytes + chargeBytes };
        try
        {
            file.Save(_state);
        }
        catch (IOException failure)
        {
            // The blob is stored or gone all the same, and its client must be told so; whoever is next counts again.
            Console.Error.WriteLine($"BlobsServer: the quota of {user} will be counted again: {failure.Message}");
        }
    }

    public void Dispose() => file.Dispose();
}
