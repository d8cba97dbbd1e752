namespace Stickers.Signing;

/// <summary>What a token is worth; only the store knows whether it was spent.</summary>
internal enum TokenState
{
    Good,

    /// <summary>There is none.</summary>
    Missing,

    /// <summary>We did not write it.</summary>
    Forged,

    /// <summary>We wrote it, too long ago.</summary>
    Expired,

    /// <summary>Somebody voted with it.</summary>
    Spent,
}
