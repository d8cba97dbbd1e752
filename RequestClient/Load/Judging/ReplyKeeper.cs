using RequestClient.Actions;
using RequestClient.Http;

namespace RequestClient.Load.Judging;

/// <summary>Keeps what the following requests of an operation need of a reply.</summary>
internal sealed class ReplyKeeper(Keep[] keeps, OperationValues values)
{
    /// <summary>How much of a reply is looked through for a piece of it.</summary>
    private const int MaxSearchedLength = 1024 * 1024;

    private readonly bool _needsBody = keeps.Any(keep => keep.Header is null);
    private byte[] _body = [];
    private int _length;

    /// <summary>The reply to another request comes.</summary>
    public void Begin()
    {
        _length = 0;
        Forget();
    }

    /// <summary>Nothing of this reply is kept.</summary>
    public void Forget()
    {
        foreach (var keep in keeps) values.Forget(keep.Index);
    }

    /// <summary>Takes the field lines of the head.</summary>
    public void TakeHead(ReadOnlySpan<byte> lines)
    {
        foreach (var keep in keeps)
        {
            if (keep.Header is not { } name || !ReplyFields.TryFind(lines, name, out var value)) continue;
            values.Keep(keep.Index, ReplyFields.IsAddress(name) ? ReplyFields.PathOf(value) : value);
        }
    }

    public void TakeBody(ReadOnlySpan<byte> bytes)
    {
        if (!_needsBody) return;
        bytes = bytes[..Math.Min(bytes.Length, MaxSearchedLength - _length)];
        if (_length + bytes.Length > _body.Length) Array.Resize(ref _body, (_length + bytes.Length) * 2);
        bytes.CopyTo(_body.AsSpan(_length));
        _length += bytes.Length;
    }

    /// <summary>Keeps what the whole reply has; gives what it lacks, or null.</summary>
    public Failure? Finish()
    {
        foreach (var keep in keeps)
        {
            if (keep.Header is null) KeepPiece(keep);
            if (!values.HasKept(keep.Index))
                return new Failure(Failure.Kept, $"the reply has no {keep.Header ?? "such piece"} to keep as {keep.Name}");
        }

        return null;
    }

    private void KeepPiece(Keep keep)
    {
        ReadOnlySpan<byte> body = _body.AsSpan(0, _length);
        var from = body.IndexOf(keep.Before);
        if (from < 0) return;
        body = body[(from + keep.Before.Length)..];
        var end = keep.After.Length == 0 ? body.Length : body.IndexOf(keep.After);
        if (end > 0) values.Keep(keep.Index, body[..end]);
    }
}
