using BlobsServer.Linux;

namespace BlobsServer.Storage;

/// <summary>The directory in which a blob gets its name; made when it is missing, and again when it vanishes.</summary>
internal sealed class BlobDirectory : IDisposable
{
    private readonly BlobTree _tree;
    private readonly BlobName _name;

    public BlobDirectory(BlobTree tree, in BlobName name)
    {
        _tree = tree;
        _name = name;
        (Directory, FirstNewDepth) = tree.OpenOrMakeDirectory(name);
    }

    public OpenFile Directory { get; private set; }

    /// <summary>From which level below DIR on the directories are new; more than LeafDepth when none is.</summary>
    public int FirstNewDepth { get; private set; }

    public bool IsNew => FirstNewDepth <= BlobPath.LeafDepth;

    /// <summary>Gives a staged file the blob's name; false when somebody has it.</summary>
    public bool TryLink(StagedFile staged)
    {
        Span<byte> buffer = stackalloc byte[BlobPath.MaxBytes];
        var fileName = BlobPath.Of(buffer, _name.Id).Bytes;
        while (true)
        {
            var outcome = staged.Link(Directory, fileName);
            if (outcome != LinkOutcome.DirectoryGone) return outcome == LinkOutcome.Linked;
            Directory.Dispose();
            (Directory, FirstNewDepth) = _tree.OpenOrMakeDirectory(_name);
        }
    }

    public void Dispose() => Directory.Dispose();
}
