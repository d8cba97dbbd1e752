using MultiProc.Keeping;

namespace MultiProc.Tests;

public sealed class LivenessWatchTests
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(2);

    [Theory(Timeout = 30_000)]
    // y: answers at once; n: says no at once; s: is silent for the time-out. The wanted second at which it is hung; 0: never.
    // A no counts only after a yes.
    [InlineData("sss", 1 + 6)]
    [InlineData("nnnnnn", 0)]
    [InlineData("ynnn", 2 + 6)]
    [InlineData("nsss", 2 + 6)]
    [InlineData("ysnsyyy", 2 + 6)]
    [InlineData("ssyssyy", 0)]
    [InlineData("yyyyyy", 0)]
    [InlineData("yyysss", 4 + 6)]
    [InlineData("ssysss", 1 + 4 + 1 + 6)]
    public async Task WatchAsync_Answers_HungAfterThreeSilences(string answers, int hungAtSecond)
    {
        var time = new ManualTime();
        var asked = 0;
        var watch = new LivenessWatch(
            async cancellation =>
            {
                var answer = asked < answers.Length ? answers[asked++] : 'y';
                if (answer == 's') await Task.Delay(Timeout, time, cancellation);
                return answer switch { 'y' => LifeSign.Yes, 'n' => LifeSign.No, _ => LifeSign.None };
            },
            Timeout,
            new Rounds(Timeout / 2, time),
            time);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var watching = watch.WatchAsync(end.Token);

        var hungAt = 0;
        for (var second = 1; second <= 20 && hungAt == 0; second++)
        {
            await time.AdvanceAsync(TimeSpan.FromSeconds(1));
            if (watch.IsHung) hungAt = second;
        }

        Assert.Equal(hungAtSecond, hungAt);
        await end.CancelAsync();
        await Task.WhenAny(watching);
    }
}
