using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using BlobsServer.Linux;

namespace BlobsServer.Storage;

/// <summary>
/// DIR/.blobs/NAME: files of the server's own. No user is called ".blobs", so nothing here can be asked for. Each file
/// is locked (flock) for as long as its process works with it, which is how others know that they must leave it alone.
/// </summary>
internal sealed class PrivateDirectory(OpenFile root, string name)
{
    private const uint DirectoryMode = 0x1C0; // 0700
    private const uint FileMode = 0x180; // 0600
    private const int MaxTries = 100;

    private static long _lastNumber;

    private readonly string _path = $".blobs/{name}";

    /// <summary>A new, empty, locked file with a name that nobody else uses.</summary>
    public (OpenFile File, PrivateName Name) CreateLocked()
    {
        for (var tries = 0; tries < MaxTries; tries++)
        {
            var number = Interlocked.Increment(ref _lastNumber);
            var name = NameOf(string.Create(
                CultureInfo.InvariantCulture, $"{Environment.ProcessId}-{number}-{Random.Shared.NextInt64():x}"));
            if (TryCreateLocked(name) is { } file) return (file, name);
        }

        throw new StorageException("making a private file", Errno.Exists);
    }

    /// <summary>A new, empty, locked file of a chosen name; null when that didn't succeed, and another name may.</summary>
    public OpenFile? TryCreateLocked(string fileName) => TryCreateLocked(NameOf(fileName));

    /// <summary>A file by its name, made when it is missing; not locked.</summary>
    public OpenFile OpenOrCreate(string fileName)
    {
        for (var tries = 0; tries < MaxTries; tries++)
        {
            if (TryCreate(NameOf(fileName), OpenFlags.Create | OpenFlags.ReadWrite) is { } file) return file;
        }

        throw new StorageException("making a private file", Errno.NoEntry);
    }

    /// <summary>The directory itself; made when it is missing.</summary>
    public OpenFile Open()
    {
        Make();
        var descriptor = ConfinedOpen.Open(root.Descriptor, Bytes(_path), OpenFlags.ReadOnly | OpenFlags.Directory);
        return descriptor >= 0 ? new OpenFile(descriptor) : throw StorageException.Last("open");
    }

    /// <summary>Whether a process works with the file.</summary>
    public bool IsLocked(string fileName)
    {
        var descriptor = ConfinedOpen.Open(root.Descriptor, NameOf(fileName).Path, OpenFlags.ReadOnly | OpenFlags.NonBlocking);
        if (descriptor < 0) return false;
        using var file = new OpenFile(descriptor);
        return !FileLock.Try(file);
    }

    /// <summary>Removes the files that dead processes left.</summary>
    public void Sweep()
    {
        using var directory = Open();
        var names = new NameList();
        new DirectoryEntries().Read(directory, names);
        for (var index = 0; index < names.Count; index++)
        {
            var name = NameOf(Encoding.UTF8.GetString(names[index]));
            var descriptor = ConfinedOpen.Open(root.Descriptor, name.Path, OpenFlags.ReadOnly | OpenFlags.NonBlocking);
            if (descriptor < 0) continue;
            using var file = new OpenFile(descriptor);
            if (FileLock.Try(file)) name.Remove();
        }
    }

    private static byte[] Bytes(string path) => Encoding.UTF8.GetBytes(path + '\0');

    private PrivateName NameOf(string fileName) => new(root, $"{_path}/{fileName}");

    private OpenFile? TryCreateLocked(PrivateName name)
    {
        if (TryCreate(name, OpenFlags.Create | OpenFlags.Exclusive | OpenFlags.ReadWrite) is not { } file) return null;
        // A process that is just starting may have found the file before we locked it, and have removed it as left over.
        if (FileLock.Try(file) && file.Status().Links > 0) return file;
        file.Dispose();
        return null;
    }

    /// <summary>Null when it has to be tried again: another name, or in directories that were just made again.</summary>
    private OpenFile? TryCreate(PrivateName name, int flags)
    {
        var descriptor = Libc.OpenAt(root.Descriptor, name.Path, flags | OpenFlags.CloseOnExec, FileMode);
        if (descriptor >= 0) return new OpenFile(descriptor);
        var errno = Marshal.GetLastPInvokeError();
        if (errno == Errno.NoEntry) Make();
        else if (errno != Errno.Exists) throw new StorageException("making a private file", errno);
        return null;
    }

    private void Make()
    {
        foreach (var path in new[] { ".blobs", _path })
        {
            if (Libc.MakeDirectoryAt(root.Descriptor, Bytes(path), DirectoryMode) == 0) continue;
            var errno = Marshal.GetLastPInvokeError();
            if (errno is not (Errno.Exists or Errno.NoEntry)) throw new StorageException("mkdir", errno);
        }
    }
}
