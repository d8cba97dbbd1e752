using System.Buffers;
using System.Text;

namespace BlobsServer.Storage;

/// <summary>
/// Whose blob, in which namespace, under which id. The parts are names: see <see cref="IsName(ReadOnlySpan{char})"/>.
/// </summary>
internal readonly record struct BlobName(string User, string Namespace, string Id)
{
    public const string DefaultNamespace = "default";

    private const int MaxNameLength = 200;

    private const string Characters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-";

    private static readonly SearchValues<char> NameCharacters = SearchValues.Create(Characters);
    private static readonly SearchValues<byte> NameBytes = SearchValues.Create(Encoding.ASCII.GetBytes(Characters));

    /// <summary>
    /// \A[A-Za-z0-9_-]{1,200}\z: nothing that a file system could take for a path, a dot file or two names for one.
    /// </summary>
    public static bool IsName(ReadOnlySpan<char> text) =>
        text.Length is > 0 and <= MaxNameLength && !text.ContainsAnyExcept(NameCharacters);

    /// <summary>The same of UTF-8.</summary>
    public static bool IsName(ReadOnlySpan<byte> text) =>
        text.Length is > 0 and <= MaxNameLength && !text.ContainsAnyExcept(NameBytes);
}
