namespace People;

/// <summary>A person, as stored.</summary>
internal sealed record Person
{
    public const int MostNicknameLetters = 32;
    public const int MostFullNameLetters = 100;
    public const int MostStackElementLetters = 32;

    // Nobody writes it, so a term that holds it finds nobody.
    private const char Between = '\u001f';

    /// <summary>Version 7 (RFC 9562 section 5.7): ids that were made together lie together in the index.</summary>
    public required Guid Id { get; init; }

    /// <summary>Unique; in letters (Unicode code points), as are the other lengths.</summary>
    public required string Nickname { get; init; }

    public required string FullName { get; init; }

    public required DateOnly Born { get; init; }

    /// <summary>Null when none was given, which is not the same as an empty one.</summary>
    public required string[]? Stack { get; init; }

    /// <summary>What a search looks into.</summary>
    public string SearchText => Lower(string.Join(Between, (string[])[Nickname, FullName, .. (Stack ?? []).Distinct()]));

    /// <summary>
    /// Lower case as both sides of a search have it: in the program, because the store's own would follow its locale.
    /// </summary>
    public static string Lower(string text) => text.ToLowerInvariant();
}
