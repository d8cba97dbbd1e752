using System.Net;
using System.Security.Cryptography;
using Blobs.TestSupport;

namespace BlobsServer.Tests.Processes;

/// <summary>Many clients want one id at the same moment, through several processes.</summary>
public sealed class RaceTests
{
    private const int BodyBytes = 2000;

    public static TheoryData<string> Durabilities => [.. TestStore.Durabilities];

    [Theory]
    [Trait("Category", "Soak")]
    [MemberData(nameof(Durabilities))]
    public async Task Of_racing_puts_exactly_one_wins_and_its_bytes_stay(string durability)
    {
        var processes = SoakSize.Of(normal: 4, soak: 8);
        var racers = SoakSize.Of(normal: 16, soak: 64);
        var rounds = SoakSize.Of(normal: 20, soak: 200);
        await using var servers = await ServerFleet.SharedAsync(processes, "--durability", durability);
        var wins = new int[processes];
        for (var round = 0; round < rounds; round++) wins[await RaceAsync(servers, $"r{round}", racers) % processes]++;
        SoakSize.Report(
            $"{racers} racing PUTs of one id over {processes} ports, {rounds} rounds, durability {durability}: "
            + $"one winner each; by process {string.Join(' ', wins)}");
    }

    /// <summary>Who won.</summary>
    private static async Task<int> RaceAsync(ServerFleet servers, string id, int racers)
    {
        var bodies = Enumerable.Range(0, racers).Select(_ => RandomNumberGenerator.GetBytes(BodyBytes)).ToArray();
        var answers =
            await Task.WhenAll(bodies.Select((body, racer) => servers[racer].PutAsync($"/blobs/{servers.User}/{id}", body)));
        var winner = Assert.Single(Enumerable.Range(0, racers), racer => answers[racer].StatusCode == HttpStatusCode.OK);
        var eTag = answers[winner].Headers.ETag;
        foreach (var loser in answers.Where((_, racer) => racer != winner))
        {
            Assert.Equal((HttpStatusCode.Conflict, eTag), (loser.StatusCode, loser.Headers.ETag));
        }

        for (var server = 0; server < servers.Count; server++)
        {
            Assert.Equal(bodies[winner], await servers[server].Http.GetByteArrayAsync($"/blobs/{servers.User}/{id}"));
        }

        foreach (var answer in answers) answer.Dispose();
        return winner;
    }
}
