namespace BlobsServer.Storage.Remote;

/// <summary>
/// Files in DIR that have no name: what is too large for memory waits in them between a client and a store. They are gone
/// when they are closed or their process ends, in whatever way.
/// </summary>
internal sealed class UnnamedFiles
{
    private readonly string _directory;

    /// <summary>Makes the directory when it is missing. Throws IOException when it can't be written.</summary>
    public UnnamedFiles(string directory)
    {
        _directory = Path.GetFullPath(directory);
        MissingDirectory.Make(_directory);
        Make().Dispose();
    }

    /// <summary>A new, empty file for reading and writing.</summary>
    public FileStream Create()
    {
        try
        {
            return Make();
        }
        catch (IOException failure)
        {
            throw SpoolFailure.Of(failure);
        }
    }

    private FileStream Make()
    {
        var path = Path.Combine(_directory, $".body-{Guid.NewGuid():N}");
        var file = new FileStream(path, new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Share = FileShare.None,
            BufferSize = 0,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        });
        File.Delete(path);
        return file;
    }
}
