namespace Graph.Charts;

/// <summary>Marks of one kind. A layer with a label has an entry in the legend; equal labels share one.</summary>
internal abstract record Layer
{
    public string? Label { get; init; }

    public required Paint Paint { get; init; }
}

internal sealed record BarLayer(IReadOnlyList<Bar> Bars) : Layer;

/// <summary>A bar around <see cref="X"/>, from <see cref="Bottom"/> up to <see cref="Top"/>.</summary>
internal sealed record Bar(double X, double Width, double Bottom, double Top);

/// <summary>Single values, such as the raw runs.</summary>
internal sealed record PointLayer(IReadOnlyList<Point> Points) : Layer;

internal sealed record Point(double X, double Y);

/// <summary>Whiskers from a low to a high value.</summary>
internal sealed record RangeLayer(IReadOnlyList<Span> Ranges) : Layer
{
    /// <summary>Whether they lie: <see cref="Span.X"/> is then their place on the y axis.</summary>
    public bool Lying { get; init; }
}

/// <summary>The area between two lines.</summary>
internal sealed record BandLayer(IReadOnlyList<Span> Ranges) : Layer;

internal sealed record Span(double X, double Low, double High);

/// <summary>Points in their order.</summary>
internal sealed record LineLayer(IReadOnlyList<Point> Points) : Layer
{
    /// <summary>For what is not measured: ideals, limits, separators.</summary>
    public bool Dashed { get; init; }

    /// <summary>The shape at each point; null for none.</summary>
    public Mark? Mark { get; init; }

    /// <summary>How wide the shape is.</summary>
    public double MarkPixels { get; init; } = 5;

    /// <summary>Whether a line joins the points; false leaves the marks.</summary>
    public bool Joined { get; init; } = true;
}
