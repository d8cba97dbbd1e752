using BlobsServer.Storage.Disk.Threads;

namespace BlobsServer.Tests.Storage;

public sealed class DiskThreadsTests
{
    private const int Most = 4;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task As_many_as_may_wait_at_once_do_and_who_comes_later_goes_on_when_one_is_done()
    {
        var threads = new DiskThreads(isInMemory: false, Most);
        // Not disposed of: threads of a test that fails are still at them, and what they throw would end all tests.
        var meeting = new Barrier(Most + 1);
        var later = new SemaphoreSlim(0);
        for (var waiting = 0; waiting < Most; waiting++)
        {
            threads.Post(() =>
            {
                meeting.SignalAndWait(Patience);
                meeting.SignalAndWait(Patience);
            });
        }

        Assert.True(meeting.SignalAndWait(Patience), "they did not all wait at once");
        threads.Post(() => later.Release());
        Assert.False(await later.WaitAsync(TimeSpan.FromMilliseconds(100)), "one more waits than may");
        Assert.True(meeting.SignalAndWait(Patience));
        Assert.True(await later.WaitAsync(Patience), "who came later was forgotten");
    }

    [Fact]
    public async Task It_goes_on_there_and_where_it_may_wait_it_stays()
    {
        var threads = new DiskThreads(isInMemory: false, Most);
        Assert.False(threads.MayWait);
        await threads.ToWaitForDisk();
        Assert.True(threads.MayWait);
        var here = Environment.CurrentManagedThreadId;
        await threads.ToWaitForLock();
        Assert.Equal(here, Environment.CurrentManagedThreadId);
    }
}
