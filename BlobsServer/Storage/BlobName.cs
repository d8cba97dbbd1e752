using System.Buffers;

namespace BlobsServer.Storage;

/// <summary>Whose blob, in which namespace, under which id. The parts are names: see <see cref="IsName"/>.</summary>
internal readonly record struct BlobName(string User, string Namespace, string Id)
{
    public const string DefaultNamespace = "default";

    private const int MaxNameLength = 200;

    private static readonly SearchValues<char> NameCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-");

    /// <summary>
    /// \A[A-Za-z0-9_-]{1,200}\z: nothing that a file system could take for a path, a dot file or two names for one.
    /// </summary>
    public static bool IsName(ReadOnlySpan<char> text) =>
        text.Length is > 0 and <= MaxNameLength && !text.ContainsAnyExcept(NameCharacters);
}
