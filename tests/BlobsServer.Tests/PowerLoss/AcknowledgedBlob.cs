using System.Security.Cryptography;
using System.Text;

namespace BlobsServer.Tests.PowerLoss;

/// <summary>What a client was told of one id, and where in the disk's log that was; null while it was not.</summary>
internal sealed class AcknowledgedBlob(string id)
{
    public const string Flags = """["PENDING"]""";

    private const int MaxBytes = 24 * 1024;

    public string Id => id;

    /// <summary>Bytes that follow from the id, so that a part or another's are told from the whole.</summary>
    public byte[] Body { get; } = BodyOf(id);

    public int? StoredAt { get; set; }

    public int? FlaggedAt { get; set; }

    /// <summary>From then on it may be gone.</summary>
    public int? DeletingFrom { get; set; }

    public int? DeletedAt { get; set; }

    /// <summary>What is wrong with what is left after a power cut at a position; null when nothing is.</summary>
    public string? Judge(string dataDirectory, int position)
    {
        var leaf = Path.Combine(dataDirectory, "alice", "default", id[..1], id[..3], id[..6]);
        var blob = Path.Combine(leaf, id);
        var isThere = File.Exists(blob);
        if (isThere && !File.ReadAllBytes(blob).AsSpan().SequenceEqual(Body)) return $"{id} is not whole";
        if (DeletedAt <= position) return isThere ? $"{id} is back" : null;
        if (DeletingFrom <= position || !(StoredAt <= position)) return null;
        if (!isThere) return $"{id} is lost";
        if (!(FlaggedAt <= position)) return null;
        var flags = blob + ".flags";
        return File.Exists(flags) && File.ReadAllText(flags) == Flags ? null : $"the flags of {id} are lost";
    }

    private static byte[] BodyOf(string id)
    {
        var seed = SHA256.HashData(Encoding.ASCII.GetBytes(id));
        var body = new byte[BitConverter.ToUInt16(seed) % MaxBytes];
        for (var index = 0; index < body.Length; index++) body[index] = (byte)(seed[index % seed.Length] + (index / seed.Length));
        return body;
    }
}
