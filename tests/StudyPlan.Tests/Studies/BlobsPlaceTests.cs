using StudyPlan.Studies;

namespace StudyPlan.Tests.Studies;

public sealed class BlobsPlaceTests
{
    private const string Plain = "27 1 254:0 / / rw,relatime - ext4 /dev/vda rw";
    private const string Journaled = "27 1 254:16 / / rw,relatime shared:1 - ext4 /dev/vdb rw";

    [Theory]
    [InlineData(Plain, true)]
    [InlineData(Journaled, false)]
    // What the kernel was booted with has no name of its own in some distributions.
    [InlineData("27 1 254:16 / / rw - ext4 /dev/root rw", false)]
    [InlineData("27 1 254:0 / / rw - ext4 /dev/root rw", true)]
    // In a container nobody may be able to tell which device it is.
    [InlineData("27 1 0:77 / / rw - ext4 /dev/root rw", false)]
    [InlineData("27 1 254:0 / / rw - xfs /dev/vda rw", false)]
    [InlineData(Plain + "|30 27 0:29 / /tmp rw - tmpfs tmpfs rw", false)]
    [InlineData(Plain + "|30 27 0:29 / /tmpfiles rw - tmpfs tmpfs rw", true)]
    [InlineData("", false)]
    public void IsWithoutJournal_Mounts_TheOneThatHoldsTheFolderCounts(string mounts, bool expected) =>
        Assert.Equal(expected, BlobsPlace.IsWithoutJournal("/tmp", mounts.Split('|'), NameOf, ["vdb-8"]));

    [Fact]
    public void Choose_Durable_NeverInMemory() => Assert.Equal("/tmp/blobs", BlobsPlace.Choose(isDurable: true));

    private static string? NameOf(string numbers) => numbers switch { "254:0" => "vda", "254:16" => "vdb", _ => null };
}
