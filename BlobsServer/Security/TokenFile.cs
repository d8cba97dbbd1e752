namespace BlobsServer.Security;

/// <summary>The file of --tokens, read again when it changes. A change that can't be read keeps what was read before.</summary>
internal sealed class TokenFile
{
    private readonly string _path;
    private readonly Lock _loading = new();
    private volatile Version _current;

    /// <summary>Reads the file for the first time; throws when it can't be read.</summary>
    public TokenFile(string path)
    {
        _path = path;
        _current = new Version(Stamp(), Load());
    }

    public TokenList Tokens
    {
        get
        {
            var current = _current;
            return Stamp() == current.Stamp ? current.Tokens : Reload();
        }
    }

    private TokenList Reload()
    {
        lock (_loading)
        {
            var stamp = Stamp();
            if (stamp == _current.Stamp) return _current.Tokens;
            try
            {
                _current = new Version(stamp, Load());
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or FormatException)
            {
                Console.Error.WriteLine(
                    $"BlobsServer: {_path} has changed but can't be read, so the former tokens stay valid: {failure.Message}");
                _current = new Version(stamp, _current.Tokens);
            }

            return _current.Tokens;
        }
    }

    private TokenList Load() => TokenList.Parse(File.ReadLines(_path));

    /// <summary>Size and time of the last write; of a file that is gone, values of their own.</summary>
    private (long Length, long Ticks) Stamp()
    {
        var file = new FileInfo(_path);
        return file.Exists ? (file.Length, file.LastWriteTimeUtc.Ticks) : (-1, -1);
    }

    private sealed record Version((long Length, long Ticks) Stamp, TokenList Tokens);
}
