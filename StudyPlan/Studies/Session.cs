namespace StudyPlan.Studies;

/// <summary>One call of run-test.sh on a study: the first, or one that went on with it.</summary>
/// <param name="BeganAt">When, in UTC.</param>
/// <param name="Starts">The starts of servers in it, in their order.</param>
internal sealed record Session(DateTimeOffset BeganAt, IReadOnlyList<ServerStart> Starts);
