using RequestClient.Actions;

namespace RequestClient.Load.Judging;

/// <summary>A text that replies are held against, with the values of the operation under way.</summary>
internal sealed class TextMatcher
{
    /// <summary>Longer values are taken for something else.</summary>
    private const int MaxValueLength = 256;

    /// <summary>How much of a reply is looked through for a part of it.</summary>
    private const int MaxSearchedLength = 16 * 1024 * 1024;

    private readonly TextPattern _pattern;
    private readonly FilledText _before;
    private readonly FilledText _behind;
    private byte[] _text = [];
    private int _beforeLength;
    private int _length = -1;

    public TextMatcher(TextPattern pattern, Places places, string user, OperationValues values)
    {
        _pattern = pattern;
        _before = new FilledText(pattern.Before, places, user, values);
        _behind = new FilledText(pattern.Behind, places, user, values);
    }

    public bool HasOnce => _pattern.HasOnce;

    /// <summary>The length of the right body; null when several lengths may be right.</summary>
    public int? WantedLength => HasOnce || _pattern.IsPart ? null : _length;

    /// <summary>No reply that matches is longer.</summary>
    public int MaxLength => _pattern.IsPart ? MaxSearchedLength : _length + (HasOnce ? MaxValueLength : 0);

    /// <summary>Fills in the values of the operation under way.</summary>
    public void Fill()
    {
        if (_length >= 0 && _before.IsFixed && _behind.IsFixed) return;
        _beforeLength = _before.Length;
        _length = _beforeLength + _behind.Length;
        if (_length > _text.Length) _text = new byte[_length * 2];
        _before.Write(_text);
        _behind.Write(_text.AsSpan(_beforeLength));
    }

    /// <summary>
    /// Whether a body is or holds this text; gives what stands in the place {once}, and nothing where there is none.
    /// </summary>
    public bool Matches(ReadOnlySpan<byte> body, out ReadOnlySpan<byte> value)
    {
        value = default;
        var before = _text.AsSpan(0, _beforeLength);
        if (!HasOnce) return _pattern.IsPart ? body.IndexOf(before) >= 0 : body.SequenceEqual(before);
        var behind = _text.AsSpan(_beforeLength, _length - _beforeLength);
        if (_pattern.IsPart)
        {
            var from = body.IndexOf(before);
            if (from < 0) return false;
            body = body[(from + before.Length)..];
            var end = body.IndexOf(behind);
            if (end is < 1 or > MaxValueLength) return false;
            value = body[..end];
            return true;
        }

        var length = body.Length - _length;
        if (length is < 1 or > MaxValueLength || !body.StartsWith(before) || !body.EndsWith(behind)) return false;
        value = body.Slice(before.Length, length);
        return true;
    }
}
