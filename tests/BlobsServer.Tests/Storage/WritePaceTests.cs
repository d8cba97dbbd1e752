using BlobsServer.Storage;

namespace BlobsServer.Tests.Storage;

public sealed class WritePaceTests
{
    [Fact]
    public void MustLeave_AfterAWait_UntilItIsForgotten()
    {
        var time = new SteppedTime();
        var pace = new WritePace(time, waitsAlways: false);
        var (before, after, forgotten) = OnThreadOfItsOwn(() =>
        {
            var before = pace.MustLeave;
            using (pace.Begin())
            {
                Thread.Sleep(5); // as the disk would have the thread wait
                time.Step(TimeSpan.FromMilliseconds(3));
            }

            var after = pace.MustLeave;
            time.Step(TimeSpan.FromSeconds(1));
            return (before, after, pace.MustLeave);
        });
        Assert.Equal((false, true, false), (before, after, forgotten));
    }

    [Fact]
    public void MustLeave_AfterAQuickChange_IsFalse()
    {
        var pace = new WritePace(new SteppedTime(), waitsAlways: false);
        Assert.False(OnThreadOfItsOwn(() =>
        {
            using (pace.Begin()) Thread.Sleep(1);
            return pace.MustLeave;
        }));
    }

    [Fact]
    public async Task MustLeave_OnThePool_IsFalse()
    {
        var pace = new WritePace(new SteppedTime(), waitsAlways: true);
        Assert.True(OnThreadOfItsOwn(() => pace.MustLeave));
        Assert.False(await Task.Run(() => pace.MustLeave));
    }

    private static T OnThreadOfItsOwn<T>(Func<T> function)
    {
        T result = default!;
        var thread = new Thread(() => result = function());
        thread.Start();
        thread.Join();
        return result;
    }

    private sealed class SteppedTime : TimeProvider
    {
        private long _ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _ticks;

        public void Step(TimeSpan step) => _ticks += step.Ticks;
    }
}
