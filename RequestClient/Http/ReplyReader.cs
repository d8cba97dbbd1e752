namespace RequestClient.Http;

/// <summary>
/// Reads one HTTP/1.1 reply from pieces that may be cut anywhere (RFC 9112). Heads that come in one piece are parsed
/// where they lie; body bytes go to the body's reader where they lie. Nothing is allocated for a reply.
/// </summary>
internal sealed class ReplyReader
{
    /// <summary>As much head as common servers accept from a client.</summary>
    public const int MaxHeadLength = 16 * 1024;

    private enum Section
    {
        Head,
        Counted,
        Chunked,
        UntilClose,
        Done,
    }

    private readonly ChunkedReader _chunks = new();
    private IBodyReader _body = null!;
    private byte[] _held = [];
    private int _heldLength;
    private Section _part;
    private bool _headRequested;
    private long _left;
    private ReplyHead _head;

    /// <summary>Status of the reply; 0 until its head was read.</summary>
    public int Status => _head.Status;

    public bool KeepAlive => _head.KeepAlive;

    /// <summary>What is malformed; null when nothing is.</summary>
    public string? Problem { get; private set; }

    /// <summary>Whether any byte of the reply came.</summary>
    public bool HasBegun => _heldLength > 0 || _part != Section.Head;

    /// <summary>The part that is under way, for messages.</summary>
    public string Part => _part == Section.Head ? "head" : "body";

    /// <summary>Gets ready for the reply to the next request, whose body goes to the given reader.</summary>
    public void Begin(IBodyReader body, bool headRequested)
    {
        _body = body;
        _headRequested = headRequested;
        _part = Section.Head;
        _heldLength = 0;
        _head = default;
        Problem = null;
    }

    public ReplyProgress Read(ReadOnlySpan<byte> bytes)
    {
        while (Problem is null && _part == Section.Head && bytes.Length > 0) ReadHead(ref bytes);
        switch (_part)
        {
            case Section.Counted:
                var taken = (int)Math.Min(_left, bytes.Length);
                if (taken > 0) _body.Take(bytes[..taken]);
                bytes = bytes[taken..];
                _left -= taken;
                if (_left == 0) _part = Section.Done;
                break;
            case Section.Chunked:
                Problem ??= _chunks.Read(ref bytes);
                if (_chunks.IsComplete) _part = Section.Done;
                break;
            case Section.UntilClose:
                if (bytes.Length > 0) _body.Take(bytes);
                bytes = default;
                break;
        }

        if (_part == Section.Done && bytes.Length > 0) Problem = $"{bytes.Length} bytes more than the reply has";
        if (Problem is not null) return ReplyProgress.Malformed;
        return _part == Section.Done ? ReplyProgress.Complete : ReplyProgress.Incomplete;
    }

    /// <summary>The peer closed: that completes a reply whose length nothing else says, and no other.</summary>
    public ReplyProgress Close()
    {
        if (_part == Section.UntilClose) _part = Section.Done;
        return _part == Section.Done ? ReplyProgress.Complete : ReplyProgress.Incomplete;
    }

    private void ReadHead(ref ReadOnlySpan<byte> bytes)
    {
        var whole = bytes;
        var heldBefore = _heldLength;
        if (heldBefore > 0)
        {
            Hold(bytes);
            whole = _held.AsSpan(0, _heldLength);
        }

        // The end may straddle what was held before, by three bytes at most.
        var from = Math.Max(0, heldBefore - 3);
        var end = whole[from..].IndexOf("\r\n\r\n"u8);
        if (end < 0)
        {
            var start = whole[..Math.Min(7, whole.Length)];
            if (!"HTTP/1."u8.StartsWith(start)) Problem = "no HTTP/1.x status line";
            else if (whole.Length >= MaxHeadLength) Problem = $"a head of more than {MaxHeadLength} bytes";
            else if (heldBefore == 0) Hold(bytes);
            bytes = default;
            return;
        }

        end += from;
        bytes = bytes[(end + 4 - heldBefore)..];
        _heldLength = 0;
        Problem = end > MaxHeadLength
            ? $"a head of more than {MaxHeadLength} bytes"
            : ReplyHead.Parse(whole[..(end + 2)], out _head);
        if (Problem is not null || _head.IsInterim) return;
        _body.TakeHead(whole[..(end + 2)]);
        BeginBody();
    }

    /// <summary>RFC 9112 section 6.3: what says how long the body is.</summary>
    private void BeginBody()
    {
        _left = _headRequested || _head.IsBodiless ? 0 : _head.ContentLength ?? 0;
        _part = _headRequested || _head.IsBodiless ? Section.Done
            : _head.Chunked ? Section.Chunked
            : _head.ContentLength is null ? Section.UntilClose
            : _left == 0 ? Section.Done
            : Section.Counted;
        if (_part == Section.Chunked) _chunks.Begin(_body);
        if (_part == Section.UntilClose) _head.KeepAlive = false;
        _body.Begin(_head.Status, _part is Section.Done or Section.Counted ? _left : null);
    }

    private void Hold(ReadOnlySpan<byte> bytes)
    {
        // Replies whose heads are cut are rare, and so are connections that need this.
        if (_held.Length == 0) _held = new byte[MaxHeadLength];
        bytes = bytes[..Math.Min(bytes.Length, MaxHeadLength - _heldLength)];
        bytes.CopyTo(_held.AsSpan(_heldLength));
        _heldLength += bytes.Length;
    }
}
