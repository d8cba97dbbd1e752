using MultiProc.Control;

namespace MultiProc.Tests.Control;

public sealed class WorkerCountingTests
{
    [Fact]
    public void Sum_Labels_AllButThoseOfProbesAndMonitors()
    {
        const string text =
            """
            # HELP blobs_requests_total Requests answered.
            # TYPE blobs_requests_total counter
            blobs_requests_total{route="root",status="200"} 7
            blobs_requests_total{route="blob",status="404"} 2
            blobs_requests_total{route="health",status="200"} 100
            blobs_requests_total{route="metrics",status="200"} 50
            blobs_requests_total_more 1000
            """;
        Assert.Equal(9, WorkerCounting.Sum(text, "blobs_requests_total"));
    }

    [Fact]
    public void Sum_CounterWithoutLabels_ItsValue() => Assert.Equal(12, WorkerCounting.Sum("hits 12\n", "hits"));

    [Fact]
    public void Sum_NothingCountedYet_Zero() => Assert.Equal(0, WorkerCounting.Sum("# TYPE hits counter\n", "hits"));

    [Fact]
    public void Sum_NoSuchCounter_Null() => Assert.Null(WorkerCounting.Sum("other 12\n", "hits"));
}
