namespace People.Contest;

/// <summary>
/// The load of Rinha de Backend 2023: ten seconds of few creates, fifteen of some more, then a ramp to 600 a second, with
/// searches, and searches that forget their term, beside them.
/// </summary>
internal static class ContestLoad
{
    public const int RampSeconds = 180;

    private const double FirstSeconds = 10;
    private const double SecondSeconds = 15;
    private const double CalmSeconds = FirstSeconds + SecondSeconds;
    private const int Terms = 5000;

    /// <summary>All requests, by the time at which they are due; the same seed makes the same ones.</summary>
    public static IEnumerable<ContestRequest> Of(int seed, int rampSeconds)
    {
        var random = new Random(seed);
        var people = new ContestPeople(random);
        var terms = Enumerable.Range(0, Terms).Select(_ => people.Term()).ToArray();
        var creates = Arrivals.Steady(0, FirstSeconds, 2)
            .Concat(Arrivals.Steady(FirstSeconds, SecondSeconds, 5))
            .Concat(Arrivals.Ramp(CalmSeconds, rampSeconds, 6, 600))
            .Select(people.Create);
        var searches = Arrivals.Steady(0, CalmSeconds, 2).Concat(Arrivals.Ramp(CalmSeconds, rampSeconds, 6, 100))
            .Select(at => new ContestRequest(at, ContestRequest.Search, 200, "", "", terms[random.Next(Terms)]));
        var searchesForNothing = Arrivals.Steady(0, CalmSeconds, 2).Concat(Arrivals.Ramp(CalmSeconds, rampSeconds, 6, 40))
            .Select(at => new ContestRequest(at, ContestRequest.SearchNothing, 400, "", "", ""));
        // Each kind draws in its own order, so they are drawn one after the other and then sorted.
        return [.. ((ContestRequest[])[.. creates, .. searches, .. searchesForNothing]).OrderBy(request => request.AtSeconds)];
    }
}
