namespace Stickers.Endpoints;

/// <summary>Fields of an application/x-www-form-urlencoded body (WHATWG URL 5.1) whose values need no escape.</summary>
internal static class FormField
{
    /// <summary>The first value of that name; empty when there is none.</summary>
    public static ReadOnlySpan<byte> Find(ReadOnlySpan<byte> form, ReadOnlySpan<byte> name)
    {
        foreach (var range in form.Split((byte)'&'))
        {
            var field = form[range];
            if (field.Length > name.Length && field[name.Length] == '=' && field.StartsWith(name))
                return field[(name.Length + 1)..];
        }

        return [];
    }
}
