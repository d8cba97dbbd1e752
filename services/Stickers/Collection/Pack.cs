namespace Stickers.Collection;

/// <summary>Thirty stickers that look alike.</summary>
internal sealed record Pack(int Id, string Name);
