using Graph.Analysis.Comparing;
using Graph.Charts;

namespace Graph.Tests.Charts;

/// <summary>A colour means one thing.</summary>
public sealed class PaletteTests
{
    [Fact]
    public void AllColours_OfAllMeanings_Differ()
    {
        var colours = Enum.GetValues<Answer>().Select(Palette.Of)
            .Concat(Enum.GetValues<MachinePart>().Where(part => part != MachinePart.Rest).Select(Palette.Of))
            .Concat(Enumerable.Range(0, 8).Select(index => Palette.Processes(index, 8)))
            .Append(Palette.Ink).Select(paint => paint.Colour).ToList();

        for (var first = 0; first < colours.Count; first++)
        {
            for (var second = first + 1; second < colours.Count; second++)
                Assert.True(Distance(colours[first], colours[second]) > 20, $"{colours[first]} and {colours[second]}");
        }
    }

    [Fact]
    public void Processes_More_AreLighter() => Assert.Equal(
        Enumerable.Range(0, 8), Enumerable.Range(0, 8).OrderBy(index => Lightness(Palette.Processes(index, 8).Colour)));

    [Fact]
    public void Processes_Lightest_StillShowsOnWhite() => Assert.InRange(Lightness(Palette.Processes(3, 4).Colour), 0, 205);

    private static double Distance(string one, string other) =>
        Math.Sqrt(Parts(one).Zip(Parts(other), (left, right) => Math.Pow(left - right, 2)).Sum());

    private static double Lightness(string colour) => Parts(colour).Zip([0.3, 0.59, 0.11], (part, weight) => part * weight).Sum();

    private static IEnumerable<double> Parts(string colour) =>
        new[] { 1, 3, 5 }.Select(start => (double)Convert.ToInt32(colour.Substring(start, 2), 16));
}
