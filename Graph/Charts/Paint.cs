namespace Graph.Charts;

/// <summary>How a mark looks: a colour as #rrggbb.</summary>
internal sealed record Paint(string Colour)
{
    /// <summary>Near-black, for raw values and whiskers on top of colours.</summary>
    public static Paint Ink { get; } = new("#1a1a1a");

    /// <summary>For what is there for comparison only.</summary>
    public static Paint Grey { get; } = new("#767676");

    /// <summary>Beyond this part of the scale a line would hardly show on white.</summary>
    private const double LightestLine = 0.78;

    // Viridis: evenly rising lightness, so that the order survives a grey printer, and told apart by colour-blind eyes.
    private static readonly (int Red, int Green, int Blue)[] Viridis =
        [(0x44, 0x01, 0x54), (0x3b, 0x52, 0x8b), (0x21, 0x91, 0x8c), (0x5e, 0xc9, 0x62), (0xfd, 0xe7, 0x25)];

    /// <summary>The colour of an area at place <paramref name="index"/> in an ordered series, from dark to light.</summary>
    public static Paint Ordered(int index, int count) => At(count <= 1 ? 0.4 : (double)index / (count - 1));

    /// <summary>The same for lines.</summary>
    public static Paint OrderedLine(int index, int count) => At(count <= 1 ? 0.4 : LightestLine * index / (count - 1));

    private static Paint At(double part)
    {
        var place = part * (Viridis.Length - 1);
        var below = Math.Min((int)place, Viridis.Length - 2);
        var (low, high, rest) = (Viridis[below], Viridis[below + 1], place - below);
        return new Paint(
            $"#{Mix(low.Red, high.Red, rest):x2}{Mix(low.Green, high.Green, rest):x2}{Mix(low.Blue, high.Blue, rest):x2}");
    }

    private static int Mix(int low, int high, double part) => (int)Math.Round(low + (high - low) * part);
}
