using RequestClient.Blobs;

namespace RequestClient.Load.Judging;

/// <summary>The blob of the operation's id, byte for byte.</summary>
internal sealed class BlobJudge(int blobLength) : IBodyJudge
{
    private readonly BlobCheck _check = new();

    public long? WantedLength => blobLength;

    public long MaxLength => blobLength;

    public void Begin(ulong key, ulong previousKey) => _check.Begin(key, previousKey);

    public void Take(ReadOnlySpan<byte> bytes, long position)
    {
        if (position + bytes.Length <= blobLength) _check.Compare(bytes);
    }

    public Failure? Judge(long length) => _check.Verdict switch
    {
        BlobVerdict.Right => null,
        BlobVerdict.Stale => new Failure(Failure.Stale, "the blob that this connection asked for before"),
        BlobVerdict.Swapped => new Failure(Failure.Swapped, "another blob"),
        _ => new Failure(Failure.Bytes, $"byte {_check.FirstWrong} of {blobLength} is the first wrong one"),
    };
}
