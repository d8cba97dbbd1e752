using Graph.Analysis.Comparing;

namespace Graph.Charts;

/// <summary>
/// All colours of all pictures: one colour means one thing everywhere. Numbers of processes go from dark violet to light sea
/// green, answers are green, vermilion and greys, the parts of the machine have the warm colours; whatever a colour tells a
/// shape, a place or a text tells too.
/// </summary>
internal static class Palette
{
    /// <summary>Near-black, for raw values and whiskers on top of colours.</summary>
    public static Paint Ink { get; } = new("#1a1a1a");

    /// <summary>For what is there for comparison only.</summary>
    public static Paint Grey { get; } = new("#767676");

    /// <summary>The margin within which two cells count as equal.</summary>
    public static Paint Margin { get; } = new("#9a9a9a");

    /// <summary>What a law makes of the data, and how far that is known.</summary>
    public static Paint Fit { get; } = new("#37659e");

    // Evenly rising lightness, so that the order survives a grey printer, and told apart by colour-blind eyes.
    private static readonly (int Red, int Green, int Blue)[] Rising =
        [(0x2e, 0x1e, 0x3b), (0x41, 0x3d, 0x7b), (0x37, 0x65, 0x9e), (0x34, 0x8f, 0xa7), (0x40, 0xb7, 0xad), (0x7f, 0xd3, 0xb0)];

    /// <summary>The colour of a number of processes, by its place among those of the scenario.</summary>
    public static Paint Processes(int index, int count)
    {
        var place = (count <= 1 ? 0.4 : (double)index / (count - 1)) * (Rising.Length - 1);
        var below = Math.Min((int)place, Rising.Length - 2);
        var (low, high, rest) = (Rising[below], Rising[below + 1], place - below);
        return new Paint(
            $"#{Mix(low.Red, high.Red, rest):x2}{Mix(low.Green, high.Green, rest):x2}{Mix(low.Blue, high.Blue, rest):x2}");
    }

    public static Paint Of(Answer answer) => new(answer switch
    {
        Answer.Faster => "#00875a",
        Answer.Slower => "#c8500a",
        Answer.Equivalent => "#3d3d3d",
        _ => "#757575",
    });

    public static Paint Of(MachinePart part) => new(part switch
    {
        MachinePart.Workers => "#e8a317",
        MachinePart.Store => "#8a5a3c",
        MachinePart.Proxy => "#c96b9b",
        MachinePart.Client => "#e3d3ae",
        MachinePart.Kernel or MachinePart.Rest => "#c8c8c8",
        _ => "#4a4a4a",
    });

    private static int Mix(int low, int high, double part) => (int)Math.Round(low + (high - low) * part);
}
