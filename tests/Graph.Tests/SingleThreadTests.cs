using MathNet.Numerics;

namespace Graph.Tests;

public sealed class SingleThreadTests
{
    [Fact]
    public void TinyJobs_StayOnTheirThread()
    {
        _ = new Simulation { Blocks = 1 }.Analysis();

        Assert.Equal(1, Control.MaxDegreeOfParallelism);
    }
}
