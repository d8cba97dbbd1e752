using Blobs.TestSupport;
using RequestClient.Actions;
using RequestClient.Blobs;
using RequestClient.Load;
using RequestClient.Net;
using RequestClient.Tests.Servers;

namespace RequestClient.Tests.Load;

/// <summary>The loop in this process, so that its thread's allocations can be counted.</summary>
public sealed class AllocationTests
{
    [Theory]
    [InlineData("baseline", false)]
    [InlineData("get", false)]
    [InlineData("flag", false)]
    [InlineData("get", true)]
    public async Task Run_TenTimesTheOperations_NoFurtherByteAllocated(string name, bool isOpen)
    {
        await using var server = new RawServer(new BlobStore().Answer);
        AssertNothing(server, BuiltInActions.All.Single(action => action.Name == name), isOpen);
    }

    [Fact]
    public async Task Run_FeedAndKeptValues_NoFurtherByteAllocated()
    {
        using var directory = new TempDirectory();
        File.WriteAllLines(
            directory["f.tsv"], ["who\ttext", .. Enumerable.Range(0, 300).Select(line => $"{line}\t{new string('x', line)}")]);
        var (actions, error) = ActionFile.Read(
            """
            [x]
            feed f.tsv
            header X-Who: {who}
            POST /{who} {"text":"{text}"} -> 201 ~"n":
            keep place Location
            keep number '"n":"' '"'
            GET {place}?{number} -> 200 here {number}
            """.Split('\n'), directory["a.conf"]);
        Assert.Null(error);
        await using var server = new RawServer(request => request.Method == "POST"
            ? RawReply.Text("HTTP/1.1 201 Created\r\nLocation: /here\r\nContent-Length: 9\r\n\r\n{\"n\":\"1\"}")
            : RawReply.Status("200 OK", "here 1"u8.ToArray()));
        AssertNothing(server, actions["x"], isOpen: false);
    }

    private static void AssertNothing(RawServer server, ActionPlan action, bool isOpen)
    {
        var target = Target.Of(new Uri(server.Url), System.Net.IPAddress.Loopback);
        var workload = new Workload(action, target, "study", 10_240, headers: []);
        using var loop = new LoadLoop(workload, connections: 4);
        // The first run connects, and grows what grows once.
        Pacer? pacer = isOpen ? new Pacer(2000) : null;
        AllocatedBytes(loop, 100, pacer);
        // A collection, which other tests bring about, gives away what is left of a thread's allocation context (8 KiB), and
        // the counter takes that for used: the least of several runs is what the loop itself allocated.
        var few = Enumerable.Range(0, 5).Min(_ => AllocatedBytes(loop, 100, pacer));
        var many = Enumerable.Range(0, 5).Min(_ => AllocatedBytes(loop, 1000, pacer));
        Assert.InRange(many - few, long.MinValue, 900);
    }

    private static long AllocatedBytes(LoadLoop loop, long amount, Pacer? pacer)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var phase = new Phase { Ids = IdSequence.Fresh(), Amount = amount, Pacer = pacer, Timeout = TimeSpan.FromSeconds(10) };
        loop.Begin(phase);
        var began = Clock.NowNanoseconds;
        loop.Run(new Turns(phase, began), new PhaseWatch(phase, [loop.Measures], began), TestContext.Current.CancellationToken);
        Assert.Equal(amount, loop.Measures.Operations);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
