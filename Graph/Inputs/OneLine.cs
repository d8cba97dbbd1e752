namespace Graph.Inputs;

/// <summary>Text from outside, made safe to show in one line on a terminal.</summary>
internal static class OneLine
{
    private const int Longest = 300;

    public static string Of(string text)
    {
        var safe = string.Concat(text.Select(letter => char.IsControl(letter) ? '?' : letter));
        return safe.Length > Longest ? safe[..Longest] + "..." : safe;
    }
}
