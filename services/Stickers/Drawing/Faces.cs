namespace Stickers.Drawing;

/// <summary>
/// What makes one sticker of a pack differ from the next: eyes, mouth and something to wear, in the same square.
/// </summary>
internal static class Faces
{
    public const int EyeCount = 6;
    public const int MouthCount = 7;
    public const int WearCount = 8;

    public static ReadOnlySpan<byte> EyesOf(int eyes) => eyes switch
    {
        0 => """<circle cx="44" cy="66" r="6"/><circle cx="76" cy="66" r="6"/><circle cx="46" cy="64" r="2" fill="#fff"/><circle cx="78" cy="64" r="2" fill="#fff"/>"""u8,
        1 => """<path d="M37 67q7-9 14 0M69 67q7-9 14 0" fill="none" stroke="#222" stroke-width="4" stroke-linecap="round"/>"""u8,
        2 => """<circle cx="44" cy="65" r="11" fill="#fff"/><circle cx="76" cy="65" r="11" fill="#fff"/><circle cx="46" cy="66" r="5"/><circle cx="74" cy="66" r="5"/>"""u8,
        3 => """<path d="M38 66h13M69 66h13" stroke="#222" stroke-width="4" stroke-linecap="round"/>"""u8,
        4 => """<circle cx="60" cy="62" r="15" fill="#fff"/><circle cx="62" cy="64" r="7"/><circle cx="65" cy="61" r="2" fill="#fff"/>"""u8,
        _ => """<circle cx="44" cy="66" r="6"/><circle cx="46" cy="64" r="2" fill="#fff"/><path d="M69 66q7-7 14 0" fill="none" stroke="#222" stroke-width="4" stroke-linecap="round"/>"""u8,
    };

    public static ReadOnlySpan<byte> MouthOf(int mouth) => mouth switch
    {
        0 => """<path d="M48 82q12 12 24 0" fill="none" stroke="#222" stroke-width="4" stroke-linecap="round"/>"""u8,
        1 => """<path d="M46 81h28q-2 17-14 17t-14-17z"/><path d="M52 92q8-5 16 0-3 6-8 6t-8-6z" fill="#ff7a8a"/>"""u8,
        2 => """<ellipse cx="60" cy="87" rx="6" ry="8"/>"""u8,
        3 => """<path d="M50 86h20" stroke="#222" stroke-width="4" stroke-linecap="round"/>"""u8,
        4 => """<path d="M50 90q10-9 20 0" fill="none" stroke="#222" stroke-width="4" stroke-linecap="round"/>"""u8,
        5 => """<path d="M48 83q6 8 12 0 6 8 12 0" fill="none" stroke="#222" stroke-width="4" stroke-linecap="round"/>"""u8,
        _ => """<path d="M46 82q14 9 28 0l-3 7h-5l-2-4-2 4h-12z"/><path d="M53 85l3 6 3-5z" fill="#fff"/>"""u8,
    };

    public static ReadOnlySpan<byte> WearOf(int wear) => wear switch
    {
        0 or 1 => ""u8,
        2 => """<path d="M60 2L76 36H44z" fill="#ffcf33" stroke="#fff" stroke-width="3"/><path d="M54 16l13 3M49 27l22 4" stroke="#e8486b" stroke-width="4"/><circle cx="60" cy="5" r="5" fill="#e8486b"/>"""u8,
        3 => """<path d="M60 104l-18-8v16zM60 104l18-8v16z" fill="#e8486b" stroke="#fff" stroke-width="2"/><circle cx="60" cy="104" r="5" fill="#b52e4f"/>"""u8,
        4 => """<g fill="#fff" fill-opacity=".35" stroke="#222" stroke-width="4"><circle cx="43" cy="66" r="14"/><circle cx="77" cy="66" r="14"/><path d="M57 64q3-3 6 0" fill="none"/></g>"""u8,
        5 => """<path d="M38 34L34 10 48 22 60 6 72 22 86 10 82 34z" fill="#ffcf33" stroke="#fff" stroke-width="3" stroke-linejoin="round"/><circle cx="60" cy="26" r="4" fill="#3a86c8"/>"""u8,
        6 => """<g fill="#fff"><circle cx="88" cy="38" r="7"/><circle cx="98" cy="44" r="7"/><circle cx="94" cy="55" r="7"/><circle cx="82" cy="55" r="7"/><circle cx="78" cy="44" r="7"/></g><circle cx="88" cy="47" r="6" fill="#ffb52e"/>"""u8,
        _ => """<g transform="rotate(28 84 46)"><rect x="70" y="41" width="28" height="11" rx="5" fill="#f4c9a0"/><rect x="79" y="41" width="10" height="11" fill="#e2a878"/></g>"""u8,
    };
}
