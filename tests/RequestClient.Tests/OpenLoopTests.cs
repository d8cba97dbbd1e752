using RequestClient.Tests.Servers;

namespace RequestClient.Tests;

/// <summary>Rates that do not wait for the server.</summary>
public sealed class OpenLoopTests
{
    [Fact]
    public async Task Rate_EveryOperationThatIsDue_IsDone()
    {
        await using var server = new RawServer(new BlobStore().Answer);
        var run = await Client.RunAsync(server.Url, "0", "1", "--put", "--rate", "400", "--duration", "1");
        Assert.Equal((0, ""), (run.ExitCode, run.Errors));
        var record = run.Record!;
        Assert.Equal(400, record.Operations);
        Assert.InRange(record.ElapsedSeconds, 0.99, 5);
        Assert.Equal(400, record.OpenLoop!.RatePerSecond);
        Assert.Equal(400, record.OpenLoop.FromDue["put"].Count);
        Assert.True(record.OpenLoop.FromDue["put"].MaxMicroseconds >= record.Latency["put"].MaxMicroseconds);
    }

    [Fact]
    public async Task Amount_WithRate_EndsTheRun()
    {
        await using var server = new RawServer(new BlobStore().Answer);
        var run = await Client.RunAsync(server.Url, "50", "1", "--get", "--rate", "500");
        Assert.Equal(50, run.Record!.Operations);
        Assert.Equal(["put", "get"], run.Record.OpenLoop!.FromDue.Keys);
    }

    /// <summary>
    /// A stall of 400 ms in a second hits 40 % of those who were due, though only the few requests under way saw it:
    /// time from due tells, service time hides it. That is coordinated omission.
    /// </summary>
    [Fact]
    public async Task Stall_IsFeltByAllWhoWereDueInIt()
    {
        var stall = new Stall(TimeSpan.FromMilliseconds(400), atRequest: 200);
        await using var server = new RawServer(_ => stall.Answer());
        var run = await Client.RunAsync(
            server.Url, "0", "1", "--baseline", "--rate", "500", "--duration", "1", "--concurrency", "2");
        var record = run.Record!;
        Assert.Equal(500, record.Operations);
        Assert.InRange(record.OpenLoop!.FromDue["baseline"].P90Microseconds, 200_000, 5_000_000);
        Assert.InRange(record.Latency["baseline"].P50Microseconds, 1, 200_000);
        Assert.InRange(record.OpenLoop.Waited, 150, 500);
    }

    [Fact]
    public async Task ServerThatNeverAnswers_EveryOperationFailsAndTheRunEnds()
    {
        await using var server = new RawServer(_ => null);
        var run = await Client.RunAsync(
            server.Url, "0", "1", "--baseline", "--rate", "100", "--duration", "0.5", "--timeout", "0.3", "--concurrency", "2");
        Assert.Equal(1, run.ExitCode);
        Assert.Equal(50, run.Record!.Errors.Values.Sum());
        Assert.InRange(run.Record.Errors["overdue"], 30, 48);
        Assert.InRange(run.Record.ElapsedSeconds, 0.4, 5);
    }

    [Fact]
    public async Task FindMax_TellsTheSearchAndRecordsTheBest()
    {
        await using var server = new RawServer(new BlobStore().Answer);
        var run = await Client.RunAsync(
            server.Url, "0", "1", "--baseline", "--find-max", "--slo", "p50=2s", "--slo", "max=9s", "--duration", "0.2");
        Assert.Equal((0, ""), (run.ExitCode, run.Errors));
        Assert.Matches(@"/s  closed loop\n", run.Output);
        Assert.Matches(@"/s  p50 .*  max .*  kept\n", run.Output);
        // What was found is confirmed.
        Assert.Matches(
            @"\n +([\d,]+)/s  p50 .*  kept\n(?:.*broken.*\n)? +\1/s  p50 .*  kept\n +\1/s  is the highest that was kept\n",
            run.Output);
        Assert.True(run.Record!.OpenLoop!.RatePerSecond > 0);
    }

    /// <summary>Replies that take 300 ms end after a trial of 500 ms: that is no rate which was not reached.</summary>
    [Fact]
    public async Task FindMax_SlowButSteady_TheTailOfATrialIsNoFailure()
    {
        await using var server = new RawServer(_ => RawReply.Empty with { Bytes = [.. RawReply.Empty.Bytes], PieceLength = 30, Pause = TimeSpan.FromMilliseconds(150) });
        var run = await Client.RunAsync(
            server.Url, "0", "1", "--baseline", "--find-max", "--slo", "p50=5s", "--duration", "0.5", "--concurrency", "50");
        Assert.Equal((0, ""), (run.ExitCode, run.Errors));
        Assert.DoesNotContain("broken: achieved", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task FindMax_ObjectiveThatNobodyKeeps_OneLine()
    {
        await using var server = new RawServer(new BlobStore().Answer);
        var run = await Client.RunAsync(
            server.Url, "0", "1", "--baseline", "--find-max", "--slo", "p50=1us", "--duration", "0.05");
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("no rate kept the objective", Assert.Single(run.Errors.TrimEnd().Split('\n')), StringComparison.Ordinal);
        Assert.Null(run.Record);
    }

    /// <summary>Answers at once, but for one stretch of time in which nobody gets an answer.</summary>
    private sealed class Stall(TimeSpan length, int atRequest)
    {
        private volatile Task _over = Task.CompletedTask;
        private int _requests;

        public RawReply Answer()
        {
            if (Interlocked.Increment(ref _requests) == atRequest) _over = Task.Delay(length);
            _over.Wait();
            return RawReply.Empty;
        }
    }
}
