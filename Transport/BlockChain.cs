using System.Buffers;

namespace Transport;

/// <summary>
/// Bytes in order, over any number of blocks: appended at the end, taken from the front. What holds between calls, and so why
/// a sequence that was handed out stays valid while more is appended, is told in README.md beside this file.
/// </summary>
internal sealed class BlockChain(EpollConnection connection)
{
    private Block? _first;
    private Block? _last;
    private int _start;

    public long Length { get; private set; }

    /// <summary>Everything that is in the chain.</summary>
    public ReadOnlySequence<byte> Sequence =>
        _first is null ? default : new ReadOnlySequence<byte>(_first, _start, _last!, _last!.End);

    /// <summary>The last block, with at least so much room behind its end; else a new one of a preferred size.</summary>
    public Block Reserve(int leastBytes, int preferredBytes)
    {
        if (_last is not null && _last.FreeBytes >= leastBytes) return _last;
        var block = connection.Pool.Rent(Math.Max(leastBytes, preferredBytes));
        if (_last is null) (_first, _start) = (block, 0);
        else _last.Append(block);
        return _last = block;
    }

    /// <summary>So many bytes were written behind the end of the last block.</summary>
    public void Commit(int bytes)
    {
        _last!.Grow(bytes);
        Length += bytes;
    }

    /// <summary>Whether a position is the end of everything that is here.</summary>
    public bool IsEnd(SequencePosition position) =>
        _last is null || (ReferenceEquals(position.GetObject(), _last) && position.GetInteger() == _last.End);

    /// <summary>Drops what lies before a position of <see cref="Sequence"/>.</summary>
    public void TakeUntil(SequencePosition position)
    {
        if (position.GetObject() is not Block block) return;
        while (_first != block) DropFirst();
        Length -= position.GetInteger() - _start;
        _start = position.GetInteger();
        if (_start == _first.End) DropFirst();
    }

    /// <summary>Drops so many bytes from the front.</summary>
    public void Take(long bytes)
    {
        while (bytes > 0)
        {
            var inFirst = _first!.End - _start;
            if (bytes < inFirst)
            {
                _start += (int)bytes;
                Length -= bytes;
                return;
            }

            bytes -= inFirst;
            DropFirst();
        }
    }

    public void Clear()
    {
        while (_first is not null) DropFirst();
    }

    private void DropFirst()
    {
        var dropped = _first!;
        Length -= dropped.End - _start;
        _start = 0;
        _first = dropped.NextBlock;
        if (_first is null) _last = null;
        connection.Pool.Return(dropped);
    }
}
