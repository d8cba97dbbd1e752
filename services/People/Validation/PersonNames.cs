namespace People.Validation;

/// <summary>
/// The words of one language of the API: the contest's Portuguese, and the English of the project that entered it.
/// </summary>
internal sealed record PersonNames(string People, string Count, string Nickname, string FullName, string Born)
{
    public const string Stack = "stack";

    public static PersonNames Portuguese { get; } = new("/pessoas", "/contagem-pessoas", "apelido", "nome", "nascimento");

    public static PersonNames English { get; } = new("/users", "/users-count", "nickname", "fullname", "dob");
}
