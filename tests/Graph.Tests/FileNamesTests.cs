using Graph.Analysis.Scenarios;

namespace Graph.Tests;

public sealed class FileNamesTests
{
    private static readonly ScenarioKey Key = new(1000, 10, new Conditions { Concurrency = 10, Proxy = "haproxy" });

    [Fact]
    public void Of_SeveralWaysIn_NamesThem() => Assert.Equal(
        ["1000x10-haproxy", "1000x10-nginx", "500x10"],
        FileNames.Of([Key, Key with { Conditions = Key.Conditions with { Proxy = "nginx" } }, Key with { Amount = 500 }]));

    [Fact]
    public void Of_SeveralStoresAndCaps_NamesBoth() => Assert.Equal(
        ["1000x10-redis-not-capped", "1000x10-postgresql-capped-0.1"],
        FileNames.Of(
        [
            Key with { Conditions = Key.Conditions with { StoreEngine = "redis" } },
            Key with { Conditions = Key.Conditions with { StoreEngine = "postgresql", CpuLimit = 0.1 } },
        ]));

    [Fact]
    public void Of_NamesThatAreNoFileNames_BecomeSome()
    {
        var names = FileNames.Of(
        [
            Key with { Conditions = Key.Conditions with { Proxy = "../../etc/passwd" } },
                Key with { Conditions = Key.Conditions with { Proxy = "a b/c" } },
            Key with { Conditions = Key.Conditions with { Proxy = "a b\\c" } },
        ]);

        Assert.Equal(3, names.Distinct().Count());
        Assert.All(names, name => Assert.Matches(@"\A[A-Za-z0-9._-]+\z", name));
    }
}
