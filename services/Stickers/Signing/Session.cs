namespace Stickers.Signing;

/// <summary>A visitor, as his signed cookie tells it.</summary>
/// <param name="Visitor">Nobody else's; twelve bytes of it are in the cookie.</param>
/// <param name="Votes">How often he voted, and it counted.</param>
internal readonly record struct Session(UInt128 Visitor, uint Votes);
