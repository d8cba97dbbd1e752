using FsCheck;
using FsCheck.Fluent;
using RequestClient.Search;

namespace RequestClient.Tests.Search;

public sealed class CapacityEstimateTests
{
    [Fact]
    public void Of_ReadingsOnBothSides_LiesBetweenThemByLogarithms()
    {
        // The percentile grows with the square of the rate and meets its bound at 1000/s.
        var estimate =
            CapacityEstimate.Of(new[] { 800.0, 1080, 1250 }.Select(rate => new Reading(rate, Math.Pow(rate / 1000, 2))));
        Assert.Equal(1000, estimate.RatePerSecond!.Value, 1e-6);
    }

    [Theory]
    [InlineData(0.5, true)]
    [InlineData(2, false)]
    public void Of_OneSideAlone_NoneAndWhereItLies(double ratio, bool isAbove)
    {
        var estimate = CapacityEstimate.Of([new Reading(100, ratio), new Reading(200, ratio)]);
        Assert.Equal((null, isAbove), (estimate.RatePerSecond, estimate.IsAbove));
    }

    [Fact]
    public void Of_AHiccupBelow_IsPooledAndNotBelieved()
    {
        // Broken at 92 % by a stall, kept with ease at 100 %: the truth is above.
        Reading[] readings = [new(920, 1.5), new(1000, 0.2), new(1080, 0.4)];
        Assert.True(CapacityEstimate.Of(readings).IsAbove);
        Assert.InRange(CapacityEstimate.Of([.. readings, new(1260, 3)]).RatePerSecond!.Value, 1080, 1260);
    }

    [Fact]
    public void Of_AnyReadings_NeitherOrderNorUnitMatters_AndItStaysAmongThem()
    {
        var reading = Gen.Choose(1, 1000)
            .SelectMany(rate => Gen.Choose(1, 400).Select(percent => new Reading(rate, percent / 100.0)));
        Prop.ForAll(Gen.NonEmptyListOf(reading).ToArbitrary(), readings =>
        {
            var distinct = readings.DistinctBy(one => one.RatePerSecond).ToList();
            var estimate = CapacityEstimate.Of(distinct);
            Assert.Equal(estimate, CapacityEstimate.Of(Enumerable.Reverse(distinct)));
            if (estimate.RatePerSecond is not { } rate) return;
            Assert.InRange(
                rate, distinct.Min(one => one.RatePerSecond) * (1 - 1e-9), distinct.Max(one => one.RatePerSecond) * (1 + 1e-9));
            var scaled = CapacityEstimate.Of(distinct.Select(one => one with { RatePerSecond = 10 * one.RatePerSecond }));
            Assert.Equal(10 * rate, scaled.RatePerSecond!.Value, 1e-6 * rate);
        }).QuickCheckThrowOnFailure();
    }
}
