using System.Text;
using BlobsServer.Storage.Disk.Files;
using Linux;

namespace BlobsServer.Storage.Disk.Listing;

/// <summary>
/// Visits a namespace's leaf directories in the ordinal order of the ids inside: prefixes sort as ids do, so it is enough
/// to sort each directory. One directory a level is open and in memory, however many blobs there are.
/// </summary>
internal sealed class LeafWalk : IDisposable
{
    public const int NamespaceDepth = 2;

    private const int LastLevel = BlobPath.LeafDepth - NamespaceDepth;

    private static readonly int Flags = OpenFlags.ReadOnly | OpenFlags.Directory | OpenFlags.NoFollow | OpenFlags.CloseOnExec;

    private readonly DirectoryEntries _reader = new();
    private readonly OpenFile?[] _directories = new OpenFile?[LastLevel + 1];
    private readonly NameList[] _names = [new(), new(), new(), new()];
    private readonly int[] _next = new int[LastLevel + 1];
    private readonly byte[][] _firstNames;
    private int _level;

    /// <param name="top">The namespace's directory; the walk closes it.</param>
    /// <param name="after">Leaves that only hold lesser ids are not opened; empty to see all.</param>
    public LeafWalk(OpenFile top, string after)
    {
        var first = new BlobName("", "", after);
        _firstNames = [.. Enumerable.Range(NamespaceDepth + 1, LastLevel)
            .Select(depth => Encoding.UTF8.GetBytes(BlobPath.DirectoryName(first, depth).ToString()))];
        try
        {
            Enter(0, top);
        }
        catch
        {
            Dispose(); // nobody else can: whoever makes a walk doesn't get one
            throw;
        }
    }

    /// <summary>The leaf that the walk is at.</summary>
    public OpenFile Leaf => _directories[LastLevel]!;

    /// <summary>What lies in it.</summary>
    public NameList Names => _names[LastLevel];

    /// <summary>Goes to the next leaf; false after the last.</summary>
    public bool MoveNext()
    {
        if (_level == LastLevel) Leave();
        while (_level >= 0)
        {
            if (_next[_level] == _names[_level].Count)
            {
                Leave();
                continue;
            }

            var name = _names[_level].ZeroTerminated(_next[_level]++);
            var child = Libc.OpenAt(_directories[_level]!.Descriptor, name, Flags, 0);
            if (child < 0)
            {
                ThrowUnlessGone();
                continue;
            }

            Enter(_level + 1, new OpenFile(child));
            if (_level == LastLevel) return true;
        }

        return false;
    }

    public void Dispose()
    {
        foreach (var directory in _directories) directory?.Dispose();
    }

    /// <summary>A directory may vanish while we walk, and what is no directory is none of ours.</summary>
    private static void ThrowUnlessGone()
    {
        var failure = SystemCallException.Last("open");
        if (failure.Errno is not (Errno.NoEntry or Errno.NotDirectory or Errno.SymlinkLoop)) throw failure;
    }

    private void Enter(int level, OpenFile directory)
    {
        _level = level;
        _directories[level] = directory;
        _reader.Read(directory, _names[level]);
        _next[level] = level == LastLevel ? 0 : _names[level].LowerBound(_firstNames[level]);
    }

    private void Leave()
    {
        _directories[_level]?.Dispose();
        _directories[_level] = null;
        _level--;
    }
}
