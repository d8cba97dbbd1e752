using StudyPlan.Variables;

namespace StudyPlan.Tests.Variables;

public sealed class StoreTests
{
    [Fact]
    public void Read_Disk_IsNothingToStart()
    {
        var (stores, problem) = Store.Read(Store.Disk);
        Assert.Null(problem);
        Assert.False(Assert.Single(stores).IsStarted);
    }

    [Theory]
    [InlineData("disk", "", " --durability none")]
    [InlineData("postgresql", "stores/postgresql {dir} {storeport}", " --durability none --store {store}")]
    [InlineData("radosgw", "stores/radosgw {dir} {storeport}", " --store {store}")]
    public void WordsForBlobs_OfEachStore_AreWhatItCanKeep(string name, string command, string words) =>
        Assert.Equal(words, new Store(name, command).WordsForBlobs("none"));
}
