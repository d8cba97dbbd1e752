using System.Text;
using Linux;

namespace BlobsServer.Security;

/// <summary>The file of --tokens, read again when it changes. A change that can't be read keeps what was read before.</summary>
internal sealed class TokenFile
{
    private readonly string _path;
    private readonly byte[] _bytes;
    private readonly Lock _loading = new();
    private volatile Version _current;

    /// <summary>
    /// Reads the file for the first time; throws when it can't be read, and when there is no token in it: nobody would ever get
    /// in. When it becomes empty later, that is how all are kept out.
    /// </summary>
    public TokenFile(string path)
    {
        _path = path;
        _bytes = Encoding.UTF8.GetBytes(path + '\0');
        _current = new Version(Stamp(), Load());
        if (_current.Tokens.IsEmpty) throw new FormatException("there is no token in it, so nobody would get in");
    }

    public TokenList Tokens
    {
        get
        {
            var current = _current;
            return AreSame(Stamp(), current.Stamp) ? current.Tokens : Reload();
        }
    }

    private TokenList Reload()
    {
        lock (_loading)
        {
            var stamp = Stamp();
            if (AreSame(stamp, _current.Stamp)) return _current.Tokens;
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

    /// <summary>
    /// What changes with the file: its inode when another takes its place, its ctime whatever happens to it. Of a file that
    /// is gone, nothing.
    /// </summary>
    private FileStatus? Stamp() =>
        Libc.StatX(At.CurrentDirectory, _bytes, 0, At.StatBasic, out var status) == 0 ? status : null;

    private static bool AreSame(FileStatus? one, FileStatus? other) =>
        one is { } left && other is { } right ? left.IsUnchanged(right) : one is null && other is null;

    private sealed record Version(FileStatus? Stamp, TokenList Tokens);
}
