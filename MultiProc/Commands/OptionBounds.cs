using System.CommandLine;
using System.Globalization;

namespace MultiProc.Commands;

/// <summary>Checks of an option's text: the value of what is no number can't be asked for in a validator.</summary>
internal static class OptionBounds
{
    /// <summary>Takes numbers from <paramref name="least"/> to <paramref name="most"/> only.</summary>
    public static Option<T> From<T>(this Option<T> option, double least, double most)
    {
        var isWhole = typeof(T) == typeof(int) || typeof(T) == typeof(int?);
        var style = isWhole ? NumberStyles.AllowLeadingSign : NumberStyles.Float;
        option.Validators.Add(result =>
        {
            if (result.Tokens is not [var token]) return;
            var isNumber = double.TryParse(token.Value, style, CultureInfo.InvariantCulture, out var value);
            if (!isNumber || !(value >= least && value <= most))
                result.AddError(FormattableString.Invariant($"{option.Name} is {token.Value}: pass {least} to {most}"));
        });
        return option;
    }

    /// <summary>Takes no empty text, which an unset variable in a script becomes.</summary>
    public static Option<T> NotEmpty<T>(this Option<T> option)
    {
        option.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: "" }]) result.AddError($"{option.Name} is empty: pass a path");
        });
        return option;
    }

    /// <summary>Takes the names of an enumeration, in small letters, only.</summary>
    public static Option<T> OneOf<T>(this Option<T> option) where T : struct, Enum
    {
        var names = Enum.GetNames<T>().Select(name => name.ToLowerInvariant()).ToList();
        option.HelpName = string.Join('|', names);
        option.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && !names.Contains(token.Value))
                result.AddError($"{option.Name} is {token.Value}: pass {string.Join(" or ", names)}");
        });
        return option;
    }

    /// <summary>Takes one of these words only.</summary>
    public static Option<string?> OneOf(this Option<string?> option, IEnumerable<string> words)
    {
        var known = words.ToList();
        option.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && !known.Contains(token.Value))
                result.AddError($"{option.Name} is {token.Value}: pass one of {string.Join(' ', known)}");
        });
        return option;
    }

    /// <summary>Takes the path of a URL only.</summary>
    public static Option<string> Path(this Option<string> option)
    {
        option.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && !IsPath(token.Value))
                result.AddError($"{option.Name} is {token.Value}: pass a path such as /health/ready");
        });
        return option;
    }

    private static bool IsPath(string text) => text.StartsWith('/') && text.All(letter => letter is > ' ' and <= '~');
}
