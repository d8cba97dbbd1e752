namespace BlobsServer.Tests.Linearizability;

public sealed class CheckerTests
{
    [Fact]
    public void IsLinearizable_WhatASequentialStoreDoes_IsAccepted() =>
        Assert.True(Checker.IsLinearizable(
        [
            Get(null, 0, 1), Put("a", 2, 3), Put("b", 4, 5, succeeded: false), SetFlag("PENDING", 6, 7), GetFlag("PENDING", 8, 9),
            Get("a", 10, 11), Delete(12, 13), Delete(14, 15, succeeded: false), Put("c", 16, 17), GetFlag(null, 18, 19),
            Get("c", 20, 21),
        ]));

    [Fact]
    public void IsLinearizable_OverlappingOperations_MayTakeEitherOrder()
    {
        Assert.True(Checker.IsLinearizable([Put("a", 0, 10), Get(null, 1, 2), Get("a", 3, 4)]));
        Assert.True(Checker.IsLinearizable([Put("a", 0, 10), Delete(5, 6), Get(null, 7, 8)]));
    }

    [Fact]
    public void IsLinearizable_TwoWinners_IsRejected() => Assert.False(Checker.IsLinearizable([Put("a", 0, 10), Put("b", 1, 9)]));

    [Fact]
    public void IsLinearizable_ALostWrite_IsRejected() => Assert.False(Checker.IsLinearizable([Put("a", 0, 1), Get(null, 2, 3)]));

    [Fact]
    public void IsLinearizable_AReadThatGoesBack_IsRejected() =>
        Assert.False(Checker.IsLinearizable([Put("a", 0, 10), Get("a", 1, 2), Get(null, 3, 4)]));

    [Fact]
    public void IsLinearizable_FlagsThatOutliveTheirBlob_IsRejected() =>
        Assert.False(Checker.IsLinearizable(
            [Put("a", 0, 1), SetFlag("FAILED", 2, 3), Delete(4, 5), Put("b", 6, 7), GetFlag("FAILED", 8, 9)]));

    /// <summary>A store that looks and then writes, as File.Move does: the mistake that linkat is there for.</summary>
    [Fact]
    public async Task IsLinearizable_WhatACheckThenWriteStoreDoes_IsRejected()
    {
        string? body = null;
        using var bothHaveLooked = new Barrier(2);
        var clock = 0L;
        var history = await Task.WhenAll(PutAsync("a"), PutAsync("b"));
        Assert.False(Checker.IsLinearizable(history));

        Task<Operation> PutAsync(string value) => Task.Run(() =>
        {
            var calledAt = Interlocked.Increment(ref clock);
            var isFree = body is null;
            Assert.True(bothHaveLooked.SignalAndWait(TimeSpan.FromSeconds(20)));
            if (isFree) body = value;
            return Put(value, calledAt, Interlocked.Increment(ref clock), isFree);
        });
    }

    private static Operation Put(string value, long calledAt, long returnedAt, bool succeeded = true) =>
        new(OperationKind.Put, value, succeeded, calledAt, returnedAt);

    private static Operation Get(string? value, long calledAt, long returnedAt) =>
        new(OperationKind.Get, value, value is not null, calledAt, returnedAt);

    private static Operation Delete(long calledAt, long returnedAt, bool succeeded = true) =>
        new(OperationKind.Delete, null, succeeded, calledAt, returnedAt);

    private static Operation SetFlag(string value, long calledAt, long returnedAt) =>
        new(OperationKind.SetFlag, value, true, calledAt, returnedAt);

    private static Operation GetFlag(string? value, long calledAt, long returnedAt) =>
        new(OperationKind.GetFlag, value, true, calledAt, returnedAt);
}
