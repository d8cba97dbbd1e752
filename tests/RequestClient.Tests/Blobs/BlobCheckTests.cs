using RequestClient.Blobs;

namespace RequestClient.Tests.Blobs;

public sealed class BlobCheckTests
{
    private const ulong Key = 0x123456789ABCDEF0, OtherKey = 42;
    private static readonly int[] Lengths = [0, 1, 15, 16, 17, 1024, BlobContent.PadPeriod, 600_000];

    [Fact]
    public void Compare_RightBlobCutAnywhere_Right()
    {
        foreach (var length in Lengths)
        {
            foreach (var piece in new[] { 1, 7, 16, 4096, int.MaxValue }.Where(piece => length / piece < 10_000))
                Assert.Equal(BlobVerdict.Right, Verdict(BlobContent.Make(Key, length), piece).Verdict);
        }
    }

    [Fact]
    public void Compare_OneByteWrongAnywhere_CorruptedThere()
    {
        var blob = BlobContent.Make(Key, 2000);
        foreach (var pieceLength in new[] { 1, 5, 1000, 2000 })
        {
            for (var position = 0; position < blob.Length; position++)
            {
                blob[position] ^= 1;
                var check = Verdict(blob, pieceLength);
                blob[position] ^= 1;
                Assert.Equal(BlobVerdict.Corrupted, check.Verdict);
                Assert.Equal(position, check.FirstWrong);
            }
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(OtherKey)]
    public void Compare_AnotherBlob_SwappedOrStale(ulong previousKey)
    {
        var wanted = previousKey == OtherKey ? BlobVerdict.Stale : BlobVerdict.Swapped;
        foreach (var pieceLength in new[] { 1, 10, 64, 5000 })
            Assert.Equal(wanted, Verdict(BlobContent.Make(OtherKey, 5000), pieceLength, previousKey).Verdict);
    }

    [Fact]
    public void Compare_HeadOfAnotherBlobOnOurBytes_Corrupted()
    {
        var blob = BlobContent.Make(Key, 5000);
        BlobContent.Make(OtherKey, BlobContent.StampLength).CopyTo(blob, 0);
        Assert.Equal(BlobVerdict.Corrupted, Verdict(blob, 4096).Verdict);
    }

    [Fact]
    public void Compare_PiecesOfTheBlobExchanged_Corrupted()
    {
        var blob = BlobContent.Make(Key, 1 << 21);
        for (var piece = 4096; piece <= 1 << 19; piece *= 2)
        {
            var exchanged = blob.ToArray();
            blob.AsSpan(piece, piece).CopyTo(exchanged.AsSpan(2 * piece));
            Assert.Equal(BlobVerdict.Corrupted, Verdict(exchanged, 65_536).Verdict);
        }
    }

    private static BlobCheck Verdict(byte[] bytes, int pieceLength, ulong previousKey = 0)
    {
        var check = new BlobCheck();
        check.Begin(Key, previousKey);
        for (var position = 0; position < bytes.Length;)
        {
            var length = Math.Min(pieceLength, bytes.Length - position);
            check.Compare(bytes.AsSpan(position, length));
            position += length;
        }

        return check;
    }
}
