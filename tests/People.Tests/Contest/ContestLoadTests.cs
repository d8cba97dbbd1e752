using System.Text;
using System.Text.Json;
using People.Contest;
using People.Validation;

namespace People.Tests.Contest;

/// <summary>The load is the contest's, and knows what each of its requests must be answered.</summary>
public sealed class ContestLoadTests
{
    private static readonly IReadOnlyList<ContestRequest> Load = [.. ContestLoad.Of(seed: 1, ContestLoad.RampSeconds)];

    [Fact]
    public void Of_HasTheContestsNumbers()
    {
        Assert.Equal(
            (54_635, 9_590, 4_190),
            (Count(ContestRequest.Create), Count(ContestRequest.Search), Count(ContestRequest.SearchNothing)));
        Assert.InRange(Load.Count(request => request.Status == 201), 45_500, 47_500);
        Assert.Equal(Load.Select(request => request.AtSeconds).Order(), Load.Select(request => request.AtSeconds));
        Assert.InRange(Load[^1].AtSeconds, 204.9, 205);

        int Count(string action) => Load.Count(request => request.Action == action);
    }

    [Fact]
    public void Of_RampEndsAtSixHundredASecond() =>
        Assert.InRange(Load.Count(request => request.Action == ContestRequest.Create && request.AtSeconds >= 204), 590, 602);

    [Fact]
    public void Of_StatusIsWhatTheRulesSay()
    {
        var taken = new HashSet<string>();
        foreach (var request in Load.Where(request => request.Action == ContestRequest.Create))
        {
            var person = PersonReader.Read(Encoding.UTF8.GetBytes(request.Json), PersonNames.Portuguese).Person;
            var isRight = person is not null && taken.Add(person.Nickname);
            Assert.True(request.Status == (isRight ? 201 : 422), request.Json);
        }
    }

    [Fact]
    public void Of_SameSeed_SameLoad()
    {
        Assert.Equal(ContestLoad.Of(3, 2), ContestLoad.Of(3, 2));
        Assert.NotEqual(ContestLoad.Of(3, 2), ContestLoad.Of(4, 2));
    }

    [Fact]
    public void Of_Json_IsOneLineWithoutTabs() => Assert.All(
        Load.Take(2000).Where(request => request.Json.Length > 0), request =>
        {
            Assert.DoesNotContain(request.Json, letter => letter is '\t' or '\n');
            using var _ = JsonDocument.Parse(request.Json);
        });
}
