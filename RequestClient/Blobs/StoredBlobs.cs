using System.Text;

namespace RequestClient.Blobs;

/// <summary>
/// Compares the blobs that a server left on its disk with what they must be, going by their names alone: the layout
/// is contract 2's, DIR/user/default/b/blo/blob_i/blob_id.
/// </summary>
internal sealed class StoredBlobs(string directory, string user, long? wantedLength)
{
    private readonly ulong _userHash = BlobContent.UserHash(user);
    private readonly byte[] _buffer = new byte[128 * 1024];

    /// <summary>One line for each file that is not the blob that its name and place say; counts the right ones.</summary>
    public IEnumerable<string> Problems()
    {
        var root = Path.Combine(directory, user, "default");
        foreach (var file in Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories))
        {
            // Flags and tombstones carry the id as well, and a dot that no id has.
            var id = Path.GetFileName(file);
            if (id.Contains('.', StringComparison.Ordinal)) continue;
            if (Problem(root, file, id) is { } problem) yield return $"{file}: {problem}";
            else RightCount++;
        }
    }

    public long RightCount { get; private set; }

    private string? Problem(string root, string file, string id)
    {
        string Prefix(int length) => id[..Math.Min(length, id.Length)];
        if (file != Path.Combine(root, Prefix(1), Prefix(3), Prefix(6), id)) return "not where the layout puts it";
        var check = new BlobCheck();
        check.Begin(BlobContent.Key(_userHash, Encoding.UTF8.GetBytes(id)), previousKey: 0);
        using var handle = File.OpenHandle(file);
        var length = RandomAccess.GetLength(handle);
        if (wantedLength is { } wanted && length != wanted) return $"{length} bytes, wanted {wanted}";
        for (var position = 0L; position < length;)
        {
            var read = RandomAccess.Read(handle, _buffer, position);
            if (read == 0) return $"ended at byte {position} while it was read";
            check.Compare(_buffer.AsSpan(0, read));
            position += read;
        }

        return check.Verdict switch
        {
            BlobVerdict.Right => null,
            BlobVerdict.Corrupted => $"byte {check.FirstWrong} is wrong",
            _ => "holds another blob",
        };
    }
}
