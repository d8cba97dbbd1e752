using System.Globalization;
using BlobsServer.Linux;

namespace BlobsServer.Storage.Quota;

/// <summary>
/// Who this process is among those that serve DIR: a locked file in DIR/.blobs/processes. The kernel drops the lock when
/// the process ends, in whatever way, so that others can tell what it had reserved from what is still being uploaded.
/// </summary>
internal sealed class ProcessMark : IDisposable
{
    private readonly PrivateDirectory _directory;
    private readonly Lock _marking = new();
    private OpenFile? _file;
    private ulong _id;

    public ProcessMark(OpenFile root)
    {
        _directory = new PrivateDirectory(root, "processes");
        _directory.Sweep();
    }

    /// <summary>This process's number; another one after somebody emptied DIR and the mark with it.</summary>
    public ulong Id
    {
        get
        {
            lock (_marking)
            {
                if (_file is not null && _file.Status().Links > 0) return _id;
                _file?.Dispose();
                (_file, _id) = Mark();
                return _id;
            }
        }
    }

    public bool IsAlive(ulong id) => _directory.IsLocked(FileName(id));

    public void Dispose() => _file?.Dispose();

    private (OpenFile File, ulong Id) Mark()
    {
        while (true)
        {
            var id = (ulong)Random.Shared.NextInt64();
            if (_directory.TryCreateLocked(FileName(id)) is { } file) return (file, id);
        }
    }

    private static string FileName(ulong id) => id.ToString("x16", CultureInfo.InvariantCulture);
}
