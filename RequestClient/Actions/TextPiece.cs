namespace RequestClient.Actions;

/// <summary>A piece of a <see cref="FilledText"/>.</summary>
/// <param name="Kind">Where its bytes come from.</param>
/// <param name="Bytes">Those of a literal; empty otherwise.</param>
/// <param name="Index">Which column, or which kept value.</param>
internal readonly record struct TextPiece(TextPieceKind Kind, byte[] Bytes, int Index);
