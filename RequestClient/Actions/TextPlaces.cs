using System.Text.RegularExpressions;

namespace RequestClient.Actions;

/// <summary>Places such as {id} in a text; the braces of JSON are none.</summary>
internal static partial class TextPlaces
{
    /// <summary>The first place that is not among those known, and where it stands; null when there is none.</summary>
    public static (int At, string Place)? Unknown(string text, params string[] known) =>
        Place().Matches(text).FirstOrDefault(place => !known.Contains(place.Value)) is { } unknown
            ? (unknown.Index, unknown.Value)
            : null;

    [GeneratedRegex(@"\{[a-z]+\}")]
    private static partial Regex Place();
}
