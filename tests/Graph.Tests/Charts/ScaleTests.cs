using Graph.Charts;

namespace Graph.Tests.Charts;

public sealed class ScaleTests
{
    [Fact]
    public void An_axis_of_logarithms_has_three_ticks_at_least_wherever_it_lies_and_however_narrow_it_is()
    {
        for (var least = -5.0; least < 9; least += 0.0173)
        {
            for (var decades = 0.0; decades < 6; decades = (decades + 0.002) * 1.3)
            {
                var axis = Scale.Logarithmic("", Math.Pow(10, least), Math.Pow(10, least + decades), "x");

                var where = $"from 1e{least} over {decades} decades: {string.Join(' ', axis.Ticks.Select(tick => tick.Label))}";
                Assert.True(axis.Ticks.Count is >= 3 and <= 16, where);
                Assert.True(axis.Ticks.All(tick => tick.Position >= axis.Least && tick.Position <= axis.Most), where);
                Assert.True(axis.Ticks.Zip(axis.Ticks.Skip(1)).All(pair => pair.First.Position < pair.Second.Position), where);
                Assert.True(axis.Ticks.Select(tick => tick.Label).Distinct().Count() == axis.Ticks.Count, where);
            }
        }
    }

    [Theory]
    [InlineData(0.95, 1.12, "x0.95 x1 x1.05 x1.1")]
    [InlineData(131, 138, "x130 x132 x134 x136 x138 x140")]
    [InlineData(0.031, 0.033, "x0.0305 x0.031 x0.0315 x0.032 x0.0325 x0.033 x0.0335")]
    public void A_narrow_axis_counts_in_round_steps(double least, double most, string labels) =>
        Assert.Equal(labels, string.Join(' ', Scale.Logarithmic("", least, most, "x").Ticks.Select(tick => tick.Label)));
}
