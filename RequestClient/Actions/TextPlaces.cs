using System.Text.RegularExpressions;

namespace RequestClient.Actions;

/// <summary>Places such as {id} in a text; the braces of JSON are none.</summary>
internal static partial class TextPlaces
{
    /// <summary>All of them: where each begins, how long it is with its braces, and its name.</summary>
    public static IEnumerable<(int At, int Length, string Name)> In(string text) =>
        Place().Matches(text).Select(place => (place.Index, place.Length, place.Groups[1].Value));

    /// <summary>The first place that is not among those known, and where it stands; null when there is none.</summary>
    public static (int At, string Place)? Unknown(string text, IReadOnlyList<string> known)
    {
        foreach (var (at, _, name) in In(text))
        {
            if (!known.Contains(name)) return (at, $"{{{name}}}");
        }

        return null;
    }

    [GeneratedRegex(@"\{([a-z][a-z0-9_]*)\}")]
    private static partial Regex Place();
}
