namespace RequestClient.Actions;

/// <summary>Where the bytes of a piece of text come from.</summary>
internal enum TextPieceKind
{
    /// <summary>They stand in the text.</summary>
    Literal,

    /// <summary>The operation's id.</summary>
    Id,

    /// <summary>The operation's line of the feed.</summary>
    Column,

    /// <summary>An earlier reply of the operation.</summary>
    Kept,
}
