using Stickers.Endpoints;

namespace Stickers.Tests.Site;

public sealed class FreshValueTests
{
    private readonly Clock _clock = new();
    private int _readings;

    [Fact]
    public async Task GetAsync_WithinItsLife_IsReadOnce_ThenAgain()
    {
        var value = new FreshValue<int>(() => Task.FromResult(++_readings), TimeSpan.FromSeconds(5), _clock);
        Assert.Equal(1, await value.GetAsync());
        _clock.Seconds += 4.9;
        Assert.Equal(1, await value.GetAsync());
        _clock.Seconds += 0.2;
        Assert.Equal(2, await value.GetAsync());
    }

    [Fact]
    public async Task GetAsync_AfterAFailure_ReadsAgainAtOnce()
    {
        var value = new FreshValue<int>(
            () => ++_readings == 1
                ? Task.FromException<int>(new IOException("no store"))
                : Task.FromResult(_readings), TimeSpan.FromSeconds(5), _clock);
        await Assert.ThrowsAsync<IOException>(value.GetAsync);
        Assert.Equal(2, await value.GetAsync());
    }

    [Fact]
    public async Task GetAsync_WhileItIsRead_AllWaitForOneReading()
    {
        var reading = new TaskCompletionSource<int>();
        var value =
            new FreshValue<int>(() => ++_readings == 1 ? reading.Task : Task.FromResult(0), TimeSpan.FromSeconds(5), _clock);
        var all = Enumerable.Range(0, 100).Select(_ => value.GetAsync()).ToArray();
        reading.SetResult(7);
        Assert.All(await Task.WhenAll(all), got => Assert.Equal(7, got));
        Assert.Equal(1, _readings);
    }

    private sealed class Clock : TimeProvider
    {
        public double Seconds { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => TimeSpan.FromSeconds(Seconds).Ticks;
    }
}
