namespace RequestClient.Actions;

/// <summary>
/// A reply's text as a person writes it: byte for byte, but for what is filled in, and for one place {once}, where any value may
/// stand that no other reply of the run had.
/// </summary>
internal sealed class TextPattern
{
    public const string Once = "once";
    private const string OncePlace = "{once}";

    /// <param name="text">The text.</param>
    /// <param name="isPart">Whether the reply holds it somewhere, and need not be all of it.</param>
    public TextPattern(string text, bool isPart = false)
    {
        Text = text;
        IsPart = isPart;
        var parts = text.Split(OncePlace, 2);
        HasOnce = parts.Length > 1;
        Before = parts[0];
        Behind = HasOnce ? parts[1] : "";
    }

    public string Text { get; }

    public bool IsPart { get; }

    public bool HasOnce { get; }

    /// <summary>Before the place {once}; all of it where there is none.</summary>
    public string Before { get; }

    public string Behind { get; }

    /// <summary>What is wrong with a text, and where; null when nothing is.</summary>
    public static (int At, string Reason)? ProblemOf(string text, Places places, bool isPart)
    {
        if (TextPlaces.Unknown(text, [.. places.Names, Once]) is { } unknown)
            return (unknown.At, $"{unknown.Place} is nothing that a reply's text can hold");
        if (text.Split(OncePlace).Length > 2)
            return (text.LastIndexOf(OncePlace, StringComparison.Ordinal), "a text holds {once} once");
        return isPart && (text.Length == 0 || text.EndsWith(OncePlace, StringComparison.Ordinal))
            ? (0, "behind ~ stands a text, and behind {once} what ends it")
            : null;
    }
}
