namespace BlobsServer.Tests.PowerLoss;

/// <summary>
/// A disk in memory with a volatile cache: it remembers every write and every flush in order, so that it can be told what
/// would be on it had the power gone at any moment.
/// </summary>
internal sealed class LoggedDisk(int bytes)
{
    private readonly byte[] _now = new byte[bytes];
    private readonly List<(long Offset, byte[]? Data)> _log = [];

    public int Bytes => bytes;

    /// <summary>How much has happened.</summary>
    public int Position
    {
        get
        {
            lock (_log) return _log.Count;
        }
    }

    public void Read(long offset, Span<byte> buffer)
    {
        lock (_log) _now.AsSpan((int)offset, buffer.Length).CopyTo(buffer);
    }

    public void Write(long offset, ReadOnlySpan<byte> data)
    {
        lock (_log)
        {
            data.CopyTo(_now.AsSpan((int)offset));
            _log.Add((offset, data.ToArray()));
        }
    }

    public void Flush()
    {
        lock (_log) _log.Add((0, null));
    }

    /// <summary>
    /// What is left when the power goes: everything up to the last flush before the position, and of what was written since
    /// then whatever the cache happened to have written back.
    /// </summary>
    /// <param name="path">A file for it, which has holes where nothing was ever written.</param>
    /// <param name="position">When.</param>
    /// <param name="isWrittenBack">Asked for each write since the last flush.</param>
    public void WriteImage(string path, int position, Func<bool> isWrittenBack)
    {
        lock (_log)
        {
            using var image = File.OpenHandle(path, FileMode.CreateNew, FileAccess.Write);
            RandomAccess.SetLength(image, bytes);
            var lastFlush = _log.FindLastIndex(position - 1, position, entry => entry.Data is null);
            for (var index = 0; index < position; index++)
            {
                if (_log[index] is not (var offset, { } data)) continue;
                if (index < lastFlush || isWrittenBack()) RandomAccess.Write(image, data, offset);
            }
        }
    }
}
