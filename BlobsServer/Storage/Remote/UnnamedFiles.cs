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

    /// <summary>
    /// A new, empty file for reading and writing. Its disk may take its time, but not that of a socket's thread.
    /// </summary>
    public async ValueTask<FileStream> CreateAsync()
    {
        try
        {
            return await Task.Run(Make);
        }
        catch (IOException failure)
        {
            throw SpoolFailure.Of(failure);
        }
    }

    private UnnamedFile Make()
    {
        var path = Path.Combine(_directory, $".body-{Guid.NewGuid():N}");
        var file = new UnnamedFile(path);
        File.Delete(path);
        return file;
    }

    private sealed class UnnamedFile(string path) : FileStream(path, Options)
    {
        private static readonly FileStreamOptions Options = new()
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Share = FileShare.None,
            BufferSize = 0,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        };

        /// <summary>With its last descriptor the file goes: of a large one that takes a while, on the pool.</summary>
        public override async ValueTask DisposeAsync()
        {
            await Task.Yield();
            await base.DisposeAsync();
        }
    }
}
