namespace People.Contest;

/// <summary>One request of the contest's load.</summary>
/// <param name="AtSeconds">When it is due, from the beginning.</param>
/// <param name="Action">One of actions.conf.</param>
/// <param name="Status">What it must be answered.</param>
/// <param name="Json">A create's body; empty otherwise.</param>
/// <param name="Nickname">Of a create; empty otherwise.</param>
/// <param name="Term">A search's term; empty otherwise.</param>
internal readonly record struct ContestRequest(
    double AtSeconds, string Action, int Status, string Json, string Nickname, string Term)
{
    public const string Create = "contest-create";
    public const string Search = "contest-search";
    public const string SearchNothing = "contest-nothing";
}
