using System.Buffers;
using System.Runtime.InteropServices;

namespace Linux;

/// <summary>
/// An open file or directory. .NET's own handles cost an fstat, a file-system check and a flock on each open
/// (and cannot be had for directories); this is the bare descriptor.
/// </summary>
internal sealed class OpenFile(int descriptor) : IDisposable
{
    private const int VectorsPerWrite = 64;
    private const int ReadNoWait = 8; // RWF_NOWAIT

    private int _descriptor = descriptor;

    public int Descriptor => _descriptor;

    public FileStatus Status() =>
        Libc.StatX(_descriptor, "\0"u8, At.EmptyPath, At.StatBasic, out var status) == 0
            ? status
            : throw SystemCallException.Last("statx");

    /// <summary>Reads until the buffer is full or the file ends; the count says which.</summary>
    public int ReadAt(Span<byte> buffer, long offset)
    {
        var total = 0;
        while (total < buffer.Length)
        {
            var rest = buffer[total..];
            var count = Libc.ReadAt(_descriptor, rest, rest.Length, offset + total);
            if (count == 0) break;
            if (count > 0) total += (int)count;
            else if (Marshal.GetLastPInvokeError() != Errno.Interrupted) throw SystemCallException.Last("pread");
        }

        return total;
    }

    /// <summary>As <see cref="ReadAt"/> where waiting is allowed, else as <see cref="TryReadCachedAt"/>.</summary>
    public bool TryReadAt(Span<byte> buffer, long offset, bool mayWait, out int count)
    {
        if (!mayWait) return TryReadCachedAt(buffer, offset, out count);
        count = ReadAt(buffer, offset);
        return true;
    }

    /// <summary>
    /// Reads what the kernel has in memory; the count is 0 at the end of the file, and may be less than there was room for.
    /// False when the disk would have to be read.
    /// </summary>
    public unsafe bool TryReadCachedAt(Span<byte> buffer, long offset, out int count)
    {
        fixed (byte* start = buffer)
        {
            var vector = new IoVector { Start = start, Length = buffer.Length };
            count = (int)Libc.ReadVectorAt(_descriptor, vector, 1, offset, ReadNoWait);
        }

        if (count >= 0) return true;
        return Marshal.GetLastPInvokeError() is Errno.TryAgain or Errno.NotSupported or Errno.Interrupted or Errno.NotImplemented
            ? false
            : throw SystemCallException.Last("preadv2");
    }

    /// <summary>Appends all of the bytes, with one system call when the kernel takes them so.</summary>
    public void Write(in ReadOnlySequence<byte> bytes)
    {
        if (bytes.IsSingleSegment)
        {
            Write(bytes.FirstSpan);
            return;
        }

        var rest = bytes;
        while (!rest.IsEmpty) rest = rest.Slice(WriteSome(rest));
    }

    public void Write(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            var count = Libc.Write(_descriptor, bytes, bytes.Length);
            if (count >= 0) bytes = bytes[(int)count..];
            else if (Marshal.GetLastPInvokeError() != Errno.Interrupted) throw SystemCallException.Last("write");
        }
    }

    public void WriteAt(ReadOnlySpan<byte> bytes, long offset)
    {
        while (!bytes.IsEmpty)
        {
            var count = Libc.WriteAt(_descriptor, bytes, bytes.Length, offset);
            if (count < 0)
            {
                if (Marshal.GetLastPInvokeError() != Errno.Interrupted) throw SystemCallException.Last("pwrite");
                continue;
            }

            bytes = bytes[(int)count..];
            offset += count;
        }
    }

    /// <summary>A file's bytes and what it takes to find them.</summary>
    public void SyncBytes()
    {
        while (Libc.SyncData(_descriptor) != 0)
        {
            if (Marshal.GetLastPInvokeError() != Errno.Interrupted) throw SystemCallException.Last("fdatasync");
        }
    }

    public void Sync()
    {
        while (Libc.Sync(_descriptor) != 0)
        {
            if (Marshal.GetLastPInvokeError() != Errno.Interrupted) throw SystemCallException.Last("fsync");
        }
    }

    /// <summary>
    /// The bytes, handed to the disk and taken by it (sync_file_range(2)). Its cache and the file's size are not synced:
    /// that needs a commit of the file system's journal.
    /// </summary>
    public void WriteOut()
    {
        const uint WaitBeforeWriteAndWaitAfter = 7;
        while (Libc.SyncRange(_descriptor, 0, 0, WaitBeforeWriteAndWaitAfter) != 0)
        {
            if (Marshal.GetLastPInvokeError() != Errno.Interrupted) throw SystemCallException.Last("sync_file_range");
        }
    }

    /// <summary>Changes its times to the present, and nothing else.</summary>
    public void Touch()
    {
        if (Libc.SetTimes(_descriptor, 0) != 0) throw SystemCallException.Last("futimens");
    }

    /// <summary>
    /// Everything that was changed so far on the file system that this lies on (syncfs(2), Linux 5.8 for its errors).
    /// </summary>
    public void SyncFileSystem()
    {
        while (Libc.SyncFileSystem(_descriptor) != 0)
        {
            if (Marshal.GetLastPInvokeError() != Errno.Interrupted) throw SystemCallException.Last("syncfs");
        }
    }

    public void Dispose()
    {
        var descriptor = Interlocked.Exchange(ref _descriptor, -1);
        // EINTR included, Linux has closed the descriptor whatever close(2) says.
        if (descriptor >= 0) _ = Libc.Close(descriptor);
    }

    private unsafe long WriteSome(in ReadOnlySequence<byte> bytes)
    {
        var vectors = stackalloc IoVector[VectorsPerWrite];
        var pins = new MemoryHandle[VectorsPerWrite];
        var count = 0;
        try
        {
            foreach (var segment in bytes)
            {
                if (segment.IsEmpty) continue;
                if (count == VectorsPerWrite) break;
                pins[count] = segment.Pin();
                vectors[count] = new IoVector { Start = (byte*)pins[count].Pointer, Length = segment.Length };
                count++;
            }

            var written = Libc.WriteVector(_descriptor, vectors, count);
            if (written >= 0) return written;
            return Marshal.GetLastPInvokeError() == Errno.Interrupted ? 0 : throw SystemCallException.Last("writev");
        }
        finally
        {
            for (var i = 0; i < count; i++) pins[i].Dispose();
        }
    }
}
