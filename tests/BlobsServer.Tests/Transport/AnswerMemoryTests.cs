using Transport;

namespace BlobsServer.Tests.Transport;

public sealed class AnswerMemoryTests
{
    /// <summary>
    /// Kestrel writes into what it gets without a look at how long it is, as the beginning of an answer is short.
    /// </summary>
    [Theory]
    [InlineData(-1)]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(4096)]
    [InlineData(100_000)]
    public void Rent_AnySize_GivesThatAndSomeRoomAtLeast(int wantedBytes)
    {
        using var rented = AnswerMemory.Instance.Rent(wantedBytes);
        Assert.InRange(rented.Memory.Length, Math.Max(wantedBytes, 4096), int.MaxValue);
    }

    /// <summary>All connections have the same one: whoever ends first must not take it from the others.</summary>
    [Fact]
    public void Dispose_ThatOfAllConnections_GoesOnGiving()
    {
        AnswerMemory.Instance.Dispose();
        using var rented = AnswerMemory.Instance.Rent();
        rented.Memory.Span.Fill(1);
    }

    /// <summary>Two answers at once are in two places.</summary>
    [Fact]
    public void Rent_Twice_GivesTwo()
    {
        using var first = AnswerMemory.Instance.Rent();
        using var second = AnswerMemory.Instance.Rent();
        Assert.False(first.Memory.Span.Overlaps(second.Memory.Span));
    }
}
