using BlobsServer.Linux;

namespace BlobsServer.Storage.Quota;

/// <summary>A user's quota state on the disk, locked until it is disposed of.</summary>
internal sealed class QuotaFile : IDisposable
{
    private const int MaxBytes = 64 * 1024;

    private readonly OpenFile _file;

    private QuotaFile(OpenFile file) => _file = file;

    public static QuotaFile Lock(PrivateDirectory directory, string user)
    {
        while (true)
        {
            var file = directory.OpenOrCreate(user);
            FileLock.Wait(file);
            // Somebody may have emptied DIR while we waited: a lock on a file without a name excludes nobody.
            if (file.Status().Links > 0) return new QuotaFile(file);
            file.Dispose();
        }
    }

    /// <summary>Null when nothing sensible was saved yet.</summary>
    public QuotaState? Load()
    {
        var bytes = new byte[(int)Math.Min(_file.Status().SizeBytes, MaxBytes)];
        return QuotaState.FromBytes(bytes.AsSpan(0, _file.ReadAt(bytes, 0)));
    }

    public void Save(QuotaState state, bool isChanging = false)
    {
        state.IsChanging = isChanging;
        _file.WriteAt(state.ToBytes(), 0);
        state.IsChanging = false;
    }

    public void Dispose() => _file.Dispose();
}
