using System.Collections.Immutable;
using System.Text;

namespace MultiProc.Commands;

/// <summary>A command that is given as one text, in words: blanks part them, quotes of either kind keep them together.</summary>
internal static class CommandWords
{
    /// <summary>Null when a quote does not end.</summary>
    public static ImmutableArray<string>? TrySplit(string text)
    {
        var words = ImmutableArray.CreateBuilder<string>();
        StringBuilder? word = null;
        char? quote = null;
        foreach (var letter in text)
        {
            if (letter == quote)
            {
                quote = null;
            }
            else if (quote is null && letter is ('\'' or '"'))
            {
                quote = letter;
                word ??= new StringBuilder();
            }
            else if (quote is not null || !char.IsWhiteSpace(letter))
            {
                (word ??= new StringBuilder()).Append(letter);
            }
            else if (word is not null)
            {
                words.Add(word.ToString());
                word = null;
            }
        }

        if (word is not null) words.Add(word.ToString());
        return quote is null ? words.ToImmutable() : null;
    }
}
