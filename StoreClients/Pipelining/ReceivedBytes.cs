namespace StoreClients.Pipelining;

/// <summary>What has been received and not been read: a buffer that grows with the longest reply.</summary>
internal sealed class ReceivedBytes
{
    private byte[] _buffer = new byte[16 * 1024];
    private int _start;
    private int _end;

    public ReadOnlySpan<byte> Span => _buffer.AsSpan(_start, _end - _start);

    /// <summary>Room for more: at least this many bytes.</summary>
    public Memory<byte> Free(int leastBytes)
    {
        if (_start == _end) _start = _end = 0;
        if (_buffer.Length - _end >= leastBytes) return _buffer.AsMemory(_end);

        var kept = _end - _start;
        var target = kept + leastBytes <= _buffer.Length ? _buffer : new byte[Math.Max(_buffer.Length * 2, kept + leastBytes)];
        _buffer.AsSpan(_start, kept).CopyTo(target);
        (_buffer, _start, _end) = (target, 0, kept);
        return _buffer.AsMemory(_end);
    }

    /// <summary>So many were put into the room.</summary>
    public void Add(int bytes) => _end += bytes;

    /// <summary>So many were read.</summary>
    public void Use(int bytes) => _start += bytes;
}
