using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Linux;

namespace BlobsServer.Storage.Disk.Files;

/// <summary>
/// DIR/.blobs/NAME: files of the server's own. No user is called ".blobs", so nothing here can be asked for. As below DIR,
/// no symbolic link is followed: a planted one would have the server write elsewhere. Temporary files are locked (flock) for
/// as long as their process works with them, which is how others know that they must leave them alone.
/// </summary>
internal sealed class PrivateDirectory(OpenFile root, string name)
{
    private const int MaxTries = 100;

    private static readonly byte[] Parent = ".blobs\0"u8.ToArray();
    private static long _lastNumber;

    private readonly byte[] _path = Encoding.UTF8.GetBytes($".blobs/{name}\0");
    private readonly byte[] _name = Encoding.UTF8.GetBytes($"{name}\0");

    /// <summary>The directory itself; made when it is missing.</summary>
    public OpenFile Open()
    {
        for (var tries = 0; tries < MaxTries; tries++)
        {
            var descriptor = ConfinedOpen.Open(root.Descriptor, _path, OpenFlags.ReadOnly | OpenFlags.Directory);
            if (descriptor >= 0) return new OpenFile(descriptor);
            if (Marshal.GetLastPInvokeError() != Errno.NoEntry) throw SystemCallException.Last($"open of .blobs/{name}");
            Make();
        }

        throw new SystemCallException($"making .blobs/{name}", Errno.NoEntry);
    }

    /// <summary>A new, empty, locked file with a name that nobody else uses.</summary>
    public PrivateFile CreateTemporary()
    {
        for (var tries = 0; tries < MaxTries; tries++)
        {
            var number = Interlocked.Increment(ref _lastNumber);
            var fileName = string.Create(
                CultureInfo.InvariantCulture, $"{Environment.ProcessId}-{number}-{Random.Shared.NextInt64():x}");
            if (TryCreateLocked(fileName) is { } file) return file;
        }

        throw new SystemCallException("making a temporary file", Errno.Exists);
    }

    /// <summary>A file by its name, made when it is missing; not locked.</summary>
    public OpenFile OpenOrCreate(string fileName)
    {
        var path = Encoding.UTF8.GetBytes($".blobs/{name}/{fileName}\0");
        var flags = OpenFlags.Create | OpenFlags.ReadWrite | OpenFlags.NonBlocking;
        for (var tries = 0; tries < MaxTries; tries++)
        {
            var descriptor = ConfinedOpen.Open(root.Descriptor, path, flags, mode: Mode.File);
            if (descriptor >= 0) return new OpenFile(descriptor);
            if (Marshal.GetLastPInvokeError() != Errno.NoEntry)
                throw SystemCallException.Last($"open of .blobs/{name}/{fileName}");
            Open().Dispose();
        }

        throw new SystemCallException($"making .blobs/{name}/{fileName}", Errno.NoEntry);
    }

    /// <summary>Removes the temporary files that dead processes left.</summary>
    public void Sweep()
    {
        using var directory = Open();
        var flags = OpenFlags.ReadOnly | OpenFlags.NonBlocking | OpenFlags.NoFollow | OpenFlags.CloseOnExec;
        var names = NamesIn(directory);
        for (var index = 0; index < names.Count; index++)
        {
            var descriptor = Libc.OpenAt(directory.Descriptor, names.ZeroTerminated(index), flags, 0);
            if (descriptor < 0) continue;
            using var file = new OpenFile(descriptor);
            if (FileLock.Try(file)) _ = Libc.UnlinkAt(directory.Descriptor, names.ZeroTerminated(index), 0);
        }
    }

    /// <summary>Removes all files, where there is such a directory.</summary>
    public void Clear()
    {
        var descriptor = ConfinedOpen.Open(root.Descriptor, _path, OpenFlags.ReadOnly | OpenFlags.Directory);
        if (descriptor < 0) return;
        using var directory = new OpenFile(descriptor);
        var names = NamesIn(directory);
        for (var index = 0; index < names.Count; index++)
        {
            _ = Libc.UnlinkAt(directory.Descriptor, names.ZeroTerminated(index), 0);
        }
    }

    private static NameList NamesIn(OpenFile directory)
    {
        var names = new NameList();
        new DirectoryEntries().Read(directory, names);
        return names;
    }

    /// <summary>Null when another name has to be tried.</summary>
    private PrivateFile? TryCreateLocked(string fileName)
    {
        var directory = Open();
        var bytes = Encoding.UTF8.GetBytes(fileName + '\0');
        var flags = OpenFlags.Create | OpenFlags.Exclusive | OpenFlags.ReadWrite | OpenFlags.CloseOnExec;
        var descriptor = Libc.OpenAt(directory.Descriptor, bytes, flags, Mode.File);
        var errno = Marshal.GetLastPInvokeError();
        if (descriptor < 0)
        {
            directory.Dispose();
            // ENOENT: removed since it was opened.
            return errno is Errno.Exists or Errno.NoEntry
                ? null
                : throw new SystemCallException("making a temporary file", errno);
        }

        var file = new PrivateFile(directory, bytes, new OpenFile(descriptor));
        // A process that is just starting may have found the file before we locked it, and have removed it as left over.
        if (FileLock.Try(file.File) && file.File.Status().Links > 0) return file;
        file.Dispose();
        return null;
    }

    private void Make()
    {
        MakeIn(root, Parent);
        var descriptor = ConfinedOpen.Open(root.Descriptor, Parent, OpenFlags.ReadOnly | OpenFlags.Directory);
        if (descriptor < 0)
        {
            // Emptied under our feet: the next try makes it again.
            if (Marshal.GetLastPInvokeError() == Errno.NoEntry) return;
            throw SystemCallException.Last("open of .blobs");
        }

        using var parent = new OpenFile(descriptor);
        MakeIn(parent, _name);
    }

    private static void MakeIn(OpenFile directory, ReadOnlySpan<byte> name)
    {
        if (Libc.MakeDirectoryAt(directory.Descriptor, name, Mode.Directory) == 0) return;
        if (Marshal.GetLastPInvokeError() is not (Errno.Exists or Errno.NoEntry)) throw SystemCallException.Last("mkdir");
    }
}
