using RequestClient.Load;

namespace RequestClient.Tests.Load;

public sealed class SettlingRuleTests
{
    [Theory]
    // Flat, from the eighth bin on.
    [InlineData(new double[] { 100, 100, 100, 100, 100, 100, 100 }, false)]
    [InlineData(new double[] { 100, 100, 100, 100, 100, 100, 100, 100 }, true)]
    // Noisy around one rate.
    [InlineData(new double[] { 100, 120, 90, 85, 110, 95, 80, 112 }, true)]
    // Noisy and rising.
    [InlineData(new double[] { 80, 100, 70, 90, 95, 115, 85, 105 }, false)]
    // Rising and falling steadily, by more than the rule allows and by less.
    [InlineData(new double[] { 90, 92, 94, 96, 98, 100, 102, 104 }, false)]
    [InlineData(new double[] { 104, 102, 100, 98, 96, 94, 92, 90 }, false)]
    [InlineData(new double[] { 100, 101, 102, 103, 104, 105, 106, 107 }, true)]
    // One step: seen until it is a second ago.
    [InlineData(new double[] { 50, 50, 50, 50, 50, 100, 100, 100, 100 }, false)]
    [InlineData(new double[] { 50, 50, 50, 50, 50, 100, 100, 100, 100, 100, 100, 100 }, false)]
    [InlineData(new double[] { 50, 50, 50, 50, 50, 100, 100, 100, 100, 100, 100, 100, 100 }, true)]
    // A plateau of one second on the way up settles nothing.
    [InlineData(new double[] { 20, 60, 70, 70, 70, 70, 85, 95 }, false)]
    // Nothing at all is no rate.
    [InlineData(new double[] { 0, 0, 0, 0, 0, 0, 0, 0 }, false)]
    [InlineData(new double[] { 100, 100, 100, 100, 0, 0, 0, 0 }, false)]
    [InlineData(new double[] { 0, 0, 0, 0, 100, 100, 100, 100 }, false)]
    public void IsSettled_ComparesTheLastSecondWithTheOneBefore(double[] rates, bool settled) =>
        Assert.Equal(settled, SettlingRule.IsSettled(rates));

    /// <summary>
    /// What noise does to it, over 1000 made-up warm-ups: a rate that stays settles soon, also when its bins scatter by 10 %;
    /// one that doubles within three seconds is seldom taken for settled on the way.
    /// </summary>
    [Fact]
    public void IsSettled_NoisyRates_FlatOnesSoonAndRisingOnesSeldom()
    {
        var random = new Random(20261121);
        Assert.InRange(Settled(_ => 100, bins: 16), 800, 1000);
        Assert.InRange(Settled(bin => 100 + (100.0 * bin / 12), bins: 12), 0, 100);

        int Settled(Func<int, double> rate, int bins) => Enumerable.Range(0, 1000).Count(_ =>
        {
            var rates = Enumerable.Range(0, bins).Select(bin => rate(bin) * (1 + (0.1 * Normal()))).ToList();
            return Enumerable.Range(1, bins).Any(count => SettlingRule.IsSettled([.. rates.Take(count)]));
        });

        // Box and Muller.
        double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
    }
}
