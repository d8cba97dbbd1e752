namespace RequestClient.Blobs;

/// <summary>
/// Compares a blob as it comes, in pieces of any size, with what it should be. When the stamp is another blob's, the
/// rest is compared with that one, so that a swapped reply is told from a corrupted one.
/// </summary>
internal sealed class BlobCheck
{
    private readonly byte[] _stamp = new byte[BlobContent.StampLength];
    private readonly byte[] _wantedStamp = new byte[BlobContent.StampLength];
    private ulong _key;
    private ulong _previousKey;
    private long _position;

    /// <summary>The verdict on what came so far.</summary>
    public BlobVerdict Verdict { get; private set; }

    /// <summary>Where the first wrong byte was.</summary>
    public long FirstWrong { get; private set; }

    /// <summary>Begins a blob; the one before it on the same connection is what a stale reply would hold.</summary>
    public void Begin(ulong key, ulong previousKey)
    {
        _key = key;
        _previousKey = previousKey;
        _position = 0;
        Verdict = BlobVerdict.Right;
        BlobContent.WriteStamp(key, _wantedStamp);
    }

    public void Compare(ReadOnlySpan<byte> bytes)
    {
        if (_position < BlobContent.StampLength) bytes = CompareStamp(bytes);
        while (bytes.Length > 0 && Verdict != BlobVerdict.Corrupted)
        {
            var wanted = BlobContent.PadFrom(_key, _position);
            var length = Math.Min(wanted.Length, bytes.Length);
            if (!bytes[..length].SequenceEqual(wanted[..length]))
                Corrupted(_position + bytes[..length].CommonPrefixLength(wanted[..length]));
            _position += length;
            bytes = bytes[length..];
        }
    }

    private ReadOnlySpan<byte> CompareStamp(ReadOnlySpan<byte> bytes)
    {
        var length = (int)Math.Min(BlobContent.StampLength - _position, bytes.Length);
        bytes[..length].CopyTo(_stamp.AsSpan((int)_position));
        var common = _stamp.AsSpan(0, (int)_position + length).CommonPrefixLength(_wantedStamp);
        _position += length;
        if (common == _position) return bytes[length..];

        // A wrong stamp that is not whole yet counts as corrupted until the rest of it says otherwise.
        Corrupted(common);
        if (_position == BlobContent.StampLength && BlobContent.KeyOfStamp(_stamp) is { } other)
        {
            _key = other;
            Verdict = other == _previousKey ? BlobVerdict.Stale : BlobVerdict.Swapped;
        }

        return bytes[length..];
    }

    private void Corrupted(long position)
    {
        Verdict = BlobVerdict.Corrupted;
        FirstWrong = position;
    }
}
