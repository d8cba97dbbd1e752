namespace People.Contest;

/// <summary>One request of the contest's load.</summary>
/// <param name="AtSeconds">When it is due, from the beginning.</param>
/// <param name="Action">create, search or search-nothing.</param>
/// <param name="Status">What it must be answered.</param>
/// <param name="Json">A create's body; empty otherwise.</param>
/// <param name="Term">A search's term; empty otherwise.</param>
internal readonly record struct ContestRequest(double AtSeconds, string Action, int Status, string Json, string Term);
