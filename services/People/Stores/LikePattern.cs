using System.Text;

namespace People.Stores;

/// <summary>LIKE patterns (PostgreSQL manual, 9.7.1): in them %, _ and \ mean themselves only behind a \.</summary>
internal static class LikePattern
{
    public static string Containing(string term)
    {
        var pattern = new StringBuilder(term.Length + 2).Append('%');
        foreach (var letter in term)
        {
            if (letter is '%' or '_' or '\\') pattern.Append('\\');
            pattern.Append(letter);
        }

        return pattern.Append('%').ToString();
    }
}
