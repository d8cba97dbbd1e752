namespace BlobsServer.Storage;

/// <summary>
/// Names as bytes in one piece of memory, which is used again after Clear: a listing of a hundred thousand directories
/// allocates for the largest.
/// </summary>
internal sealed class NameList
{
    private byte[] _bytes = new byte[512];
    private (int Start, int Length)[] _names = new (int, int)[16];
    private int _bytesLength;

    public int Count { get; private set; }

    public ReadOnlySpan<byte> this[int index] => _bytes.AsSpan(_names[index].Start, _names[index].Length);

    /// <summary>The same name with a zero behind it, as system calls take it.</summary>
    public ReadOnlySpan<byte> ZeroTerminated(int index) => _bytes.AsSpan(_names[index].Start, _names[index].Length + 1);

    public void Clear() => (Count, _bytesLength) = (0, 0);

    /// <summary>Keeps the first ones.</summary>
    public void Truncate(int count) => Count = count;

    public void Add(ReadOnlySpan<byte> name)
    {
        if (_bytesLength + name.Length >= _bytes.Length) Array.Resize(ref _bytes, 2 * (_bytes.Length + name.Length));
        if (Count == _names.Length) Array.Resize(ref _names, 2 * Count);
        name.CopyTo(_bytes.AsSpan(_bytesLength));
        _bytes[_bytesLength + name.Length] = 0;
        _names[Count++] = (_bytesLength, name.Length);
        _bytesLength += name.Length + 1;
    }

    /// <summary>By the values of the bytes.</summary>
    public void Sort()
    {
        if (Count > 1) _names.AsSpan(0, Count).Sort(Compare);
    }

    /// <summary>In a sorted list, the index of the first name that is not less.</summary>
    public int LowerBound(ReadOnlySpan<byte> name)
    {
        var (low, high) = (0, Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (this[middle].SequenceCompareTo(name) < 0) low = middle + 1;
            else high = middle;
        }

        return low;
    }

    /// <summary>Whether a sorted list has the name.</summary>
    public bool Contains(ReadOnlySpan<byte> name)
    {
        var index = LowerBound(name);
        return index < Count && this[index].SequenceEqual(name);
    }

    private int Compare((int Start, int Length) left, (int Start, int Length) right) =>
        _bytes.AsSpan(left.Start, left.Length).SequenceCompareTo(_bytes.AsSpan(right.Start, right.Length));
}
