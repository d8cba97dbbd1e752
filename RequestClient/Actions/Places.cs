namespace RequestClient.Actions;

/// <summary>
/// What may stand between braces in a request's text beside {id} and {user}: a place each is filled in for each operation.
/// </summary>
/// <param name="Columns">The columns of the action's feed, in its order.</param>
/// <param name="Kept">What was kept of earlier replies, in the order of the lines that keep them.</param>
internal sealed record Places(IReadOnlyList<string> Columns, IReadOnlyList<string> Kept)
{
    public const string Id = "id";
    public const string User = "user";

    public static Places None { get; } = new([], []);

    /// <summary>Every name, {id} and {user} among them.</summary>
    public IReadOnlyList<string> Names => [Id, User, .. Columns, .. Kept];

    /// <summary>Why a column or a kept value can't be called so; null when it can.</summary>
    public static string? ProblemOf(string name)
    {
        if (name is [>= 'a' and <= 'z', ..] && name.All(letter => letter is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '_'))
        {
            return name is Id or "body" or "same" or "any" or "empty" or "once"
                ? $"{{{name}}} means something else: choose another name"
                : null;
        }

        return $"'{name}' is no name of a-z, 0-9 and _ that begins with a letter";
    }
}
