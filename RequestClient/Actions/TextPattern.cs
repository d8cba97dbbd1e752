using System.Text;

namespace RequestClient.Actions;

/// <summary>
/// A reply's text as a person writes it: every byte as it stands, but for one place {once}, where any value may stand that no
/// other reply of the run had.
/// </summary>
internal sealed class TextPattern
{
    public const string OncePlace = "{once}";

    /// <summary>Longer values are taken for something else.</summary>
    private const int MaxValueLength = 256;

    private readonly byte[] _before;
    private readonly byte[] _behind;

    public TextPattern(string text)
    {
        Text = text;
        var parts = text.Split(OncePlace);
        HasOnce = parts.Length > 1;
        _before = Encoding.UTF8.GetBytes(parts[0]);
        _behind = HasOnce ? Encoding.UTF8.GetBytes(parts[1]) : [];
    }

    public string Text { get; }

    public bool HasOnce { get; }

    /// <summary>No reply that matches is longer.</summary>
    public int MaxLength => _before.Length + _behind.Length + (HasOnce ? MaxValueLength : 0);

    /// <summary>Whether it is this text; gives what stands in the place {once}, and nothing where there is none.</summary>
    public bool Matches(ReadOnlySpan<byte> body, out ReadOnlySpan<byte> value)
    {
        value = default;
        if (!HasOnce) return body.SequenceEqual(_before);
        var length = body.Length - _before.Length - _behind.Length;
        if (length is < 1 or > MaxValueLength || !body.StartsWith(_before) || !body.EndsWith(_behind)) return false;
        value = body.Slice(_before.Length, length);
        return true;
    }
}
