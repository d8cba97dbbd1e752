namespace Graph.Inputs;

/// <summary>Text from outside, made safe to show in one line on a terminal.</summary>
internal static class OneLine
{
    private const int Longest = 300;

    /// <summary>For messages: what is too long to be read there is cut.</summary>
    public static string Of(string text) => text.Length > Longest ? Whole(text[..Longest]) + "..." : Whole(text);

    /// <summary>For sentences, which lose nothing.</summary>
    public static string Whole(string text) => string.Concat(text.Select(letter => char.IsControl(letter) ? '?' : letter));
}
