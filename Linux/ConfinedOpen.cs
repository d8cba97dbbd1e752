using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Linux;

/// <summary>
/// Opens paths below a directory without following a symbolic link anywhere on the way: with openat2(2), or name by name
/// where the kernel (before 5.6) or a container's seccomp filter doesn't have it.
/// </summary>
internal static class ConfinedOpen
{
    private static volatile bool _lacksOpenAt2;
    private static volatile bool _lacksCached;

    /// <summary>
    /// A descriptor, or -1 and errno: EAGAIN where the disk may have to be read although nobody may wait for it.
    /// </summary>
    public static int Open(int directory, ReadOnlySpan<byte> path, int flags, bool mayWait = true, uint mode = 0)
    {
        flags |= OpenFlags.CloseOnExec;
        if (!mayWait && (_lacksOpenAt2 || _lacksCached)) return FailWithTryAgain();
        if (_lacksOpenAt2) return OpenNameByName(directory, path, flags, mode);
        var how = new OpenHow
        {
            Flags = (ulong)flags,
            Mode = mode,
            Resolve = At.ResolveNoSymlinks | (mayWait ? 0 : At.ResolveCached),
        };
        var descriptor = (int)Libc.OpenAt2(At.OpenAt2Number, directory, path, how, Unsafe.SizeOf<OpenHow>());
        if (descriptor >= 0) return descriptor;
        var errno = Marshal.GetLastPInvokeError();
        if (!mayWait && errno == Errno.Invalid)
        {
            _lacksCached = true; // before Linux 5.12
            return FailWithTryAgain();
        }

        if (errno is not (Errno.NotImplemented or Errno.NotPermitted)) return descriptor;
        _lacksOpenAt2 = true;
        return mayWait ? OpenNameByName(directory, path, flags, mode) : FailWithTryAgain();
    }

    private static int FailWithTryAgain()
    {
        Marshal.SetLastPInvokeError(Errno.TryAgain);
        return -1;
    }

    private static int OpenNameByName(int directory, ReadOnlySpan<byte> path, int flags, uint mode)
    {
        Span<byte> name = stackalloc byte[256];
        OpenFile? parent = null;
        try
        {
            var rest = path[..^1];
            while (true)
            {
                var slash = rest.IndexOf((byte)'/');
                var part = slash < 0 ? rest : rest[..slash];
                part.CopyTo(name);
                name[part.Length] = 0;
                var from = parent?.Descriptor ?? directory;
                var step = slash < 0 ? flags : OpenFlags.ReadOnly | OpenFlags.Directory | OpenFlags.CloseOnExec;
                var descriptor = Libc.OpenAt(from, name[..(part.Length + 1)], step | OpenFlags.NoFollow, slash < 0 ? mode : 0);
                if (slash < 0 || descriptor < 0) return descriptor;
                parent?.Dispose();
                parent = new OpenFile(descriptor);
                rest = rest[(slash + 1)..];
            }
        }
        finally
        {
            // close(2) inside must not hide why the open failed.
            var errno = Marshal.GetLastPInvokeError();
            parent?.Dispose();
            Marshal.SetLastPInvokeError(errno);
        }
    }
}
