using StudyPlan.Studies;

namespace StudyPlan.Tests.Studies;

public sealed class BlobsPlaceTests
{
    [Theory]
    [InlineData("/dev/vda / ext4 rw", true)]
    [InlineData("/dev/vdb / ext4 rw", false)]
    [InlineData("/dev/vda / xfs rw", false)]
    [InlineData("/dev/vda / ext4 rw|tmpfs /tmp tmpfs rw", false)]
    [InlineData("/dev/vda / ext4 rw|tmpfs /tmpfiles tmpfs rw", true)]
    public void IsWithoutJournal_Mounts_TheOneThatHoldsTheFolderCounts(string mounts, bool expected) =>
        Assert.Equal(expected, BlobsPlace.IsWithoutJournal("/tmp", mounts.Split('|'), _ => false, ["vdb-8"]));
}
