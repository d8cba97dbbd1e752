namespace Stickers.Pages;

/// <summary>What the site consists of, beside UGLY, which is a text.</summary>
internal enum Section
{
    Vote,
    Good,
    Bad,
    About,

    /// <summary>A page that says why there is none.</summary>
    None,
}
