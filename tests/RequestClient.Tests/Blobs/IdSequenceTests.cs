using System.Text;
using RequestClient.Blobs;

namespace RequestClient.Tests.Blobs;

public sealed class IdSequenceTests
{
    [Fact]
    public void Write_SameSeedAndCounter_SameId() =>
        Assert.Equal(Id(new IdSequence(1, 2), 3), Id(new IdSequence(1, 2), 3));

    [Fact]
    public void Write_ManyCounters_DistinctHexThatSpreadsOverPrefixes()
    {
        var ids = IdSequence.Fresh();
        var seen = Enumerable.Range(0, 100_000).Select(counter => Id(ids, counter)).ToHashSet();
        Assert.Equal(100_000, seen.Count);
        Assert.All(seen, id => Assert.Matches(@"\A[0-9a-f]{32}\z", id));
        // 4096 three-letter prefixes, 24 ids each on average: none is empty, none is crowded.
        var prefixes = seen.GroupBy(id => id[..3]).Select(group => group.Count()).ToList();
        Assert.Equal(4096, prefixes.Count);
        Assert.InRange(prefixes.Max(), 25, 70);
    }

    [Fact]
    public void Fresh_EveryTime_AnotherSeed() => Assert.NotEqual(IdSequence.Fresh().Seed, IdSequence.Fresh().Seed);

    private static string Id(IdSequence ids, long counter)
    {
        var id = new byte[IdSequence.IdLength];
        ids.Write(counter, id);
        return Encoding.ASCII.GetString(id);
    }
}
