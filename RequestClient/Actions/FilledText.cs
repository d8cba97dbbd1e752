using System.Text;
using RequestClient.Blobs;

namespace RequestClient.Actions;

/// <summary>
/// A text that was taken apart once, so that an operation's values are copied into their places and nothing is allocated.
/// </summary>
internal sealed class FilledText
{
    private readonly TextPiece[] _pieces;
    private readonly OperationValues _values;

    /// <summary>Takes a text apart; {user} is one and the same for a whole run, unless a column is called so.</summary>
    public FilledText(string text, Places places, string user, OperationValues values)
    {
        _values = values;
        var pieces = new List<TextPiece>();
        var from = 0;
        foreach (var (at, length, name) in TextPlaces.In(text))
        {
            if (PieceOf(name, places, user) is not { } piece) continue;
            AddLiteral(text[from..at]);
            pieces.Add(piece);
            from = at + length;
        }

        AddLiteral(text[from..]);
        _pieces = [.. pieces];

        void AddLiteral(string literal)
        {
            if (literal.Length > 0) pieces.Add(new TextPiece(TextPieceKind.Literal, Encoding.UTF8.GetBytes(literal), 0));
        }
    }

    /// <summary>Whether it is as long for every operation.</summary>
    public bool HasFixedLength => _pieces.All(piece => piece.Kind is TextPieceKind.Literal or TextPieceKind.Id);

    /// <summary>Whether it is the same for every operation.</summary>
    public bool IsFixed => _pieces.All(piece => piece.Kind == TextPieceKind.Literal);

    /// <summary>Its length with the operation's values.</summary>
    public int Length
    {
        get
        {
            var length = 0;
            foreach (ref readonly var piece in _pieces.AsSpan()) length += BytesOf(piece).Length;
            return length;
        }
    }

    /// <summary>Whether the operation kept all that belongs into it.</summary>
    public bool CanBeFilled
    {
        get
        {
            foreach (ref readonly var piece in _pieces.AsSpan())
            {
                if (piece.Kind == TextPieceKind.Kept && !_values.HasKept(piece.Index)) return false;
            }

            return true;
        }
    }

    /// <summary>The columns that it holds.</summary>
    public IEnumerable<int> Columns => _pieces.Where(piece => piece.Kind == TextPieceKind.Column).Select(piece => piece.Index);

    /// <summary>Where ids stand in a text of fixed length that is written from here on.</summary>
    public IEnumerable<int> IdOffsets(int from)
    {
        foreach (var piece in _pieces)
        {
            if (piece.Kind == TextPieceKind.Id) yield return from;
            from += piece.Kind == TextPieceKind.Id ? IdSequence.IdLength : piece.Bytes.Length;
        }
    }

    /// <summary>Writes it with the operation's values; gives its length.</summary>
    public int Write(Span<byte> to)
    {
        var length = 0;
        foreach (ref readonly var piece in _pieces.AsSpan())
        {
            var bytes = BytesOf(piece);
            bytes.CopyTo(to[length..]);
            length += bytes.Length;
        }

        return length;
    }

    private ReadOnlySpan<byte> BytesOf(in TextPiece piece) => piece.Kind switch
    {
        TextPieceKind.Literal => piece.Bytes,
        TextPieceKind.Id => _values.Id,
        TextPieceKind.Column => _values.Column(piece.Index),
        _ => _values.Kept(piece.Index),
    };

    private static TextPiece? PieceOf(string name, Places places, string user)
    {
        if (name == Places.Id) return new TextPiece(TextPieceKind.Id, [], 0);
        if (IndexOf(places.Columns) is { } column) return new TextPiece(TextPieceKind.Column, [], column);
        if (IndexOf(places.Kept) is { } kept) return new TextPiece(TextPieceKind.Kept, [], kept);
        return name == Places.User ? new TextPiece(TextPieceKind.Literal, Encoding.UTF8.GetBytes(user), 0) : null;

        int? IndexOf(IReadOnlyList<string> names)
        {
            for (var index = 0; index < names.Count; index++)
            {
                if (names[index] == name) return index;
            }

            return null;
        }
    }
}
