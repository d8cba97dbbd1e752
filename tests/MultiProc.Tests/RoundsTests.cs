using MultiProc.Keeping;

namespace MultiProc.Tests;

public sealed class RoundsTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact(Timeout = 30_000)]
    public async Task WaitAsync_WhoComesLater_HasTheSameRoundAndTheNextBeginsWhenSomebodyWaits()
    {
        var time = new ManualTime();
        var rounds = new Rounds(2 * Second, time);
        var first = rounds.WaitAsync(TestContext.Current.CancellationToken);
        await time.AdvanceAsync(Second);
        var second = rounds.WaitAsync(TestContext.Current.CancellationToken);
        Assert.False(first.IsCompleted || second.IsCompleted);
        await time.AdvanceAsync(Second);
        Assert.True(first.IsCompleted && second.IsCompleted);
        await time.AdvanceAsync(3 * Second);
        var third = rounds.WaitAsync(TestContext.Current.CancellationToken);
        await time.AdvanceAsync(Second);
        Assert.False(third.IsCompleted);
        await time.AdvanceAsync(Second);
        Assert.True(third.IsCompleted);
    }

    [Fact(Timeout = 30_000)]
    public async Task WaitAsync_WhoIsCancelled_TakesNobodyAlong()
    {
        var time = new ManualTime();
        var rounds = new Rounds(Second, time);
        using var gone = new CancellationTokenSource();
        var leaving = rounds.WaitAsync(gone.Token);
        var staying = rounds.WaitAsync(TestContext.Current.CancellationToken);
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => leaving);
        await time.AdvanceAsync(Second);
        Assert.True(staying.IsCompletedSuccessfully);
    }
}
