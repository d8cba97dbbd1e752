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
internal sealed record RangeLayer(IReadOnlyList<Span> Ranges) : Layer;

/// <summary>The area between two lines.</summary>
internal sealed record BandLayer(IReadOnlyList<Span> Ranges) : Layer;

internal sealed record Span(double X, double Low, double High);

/// <summary>Points in their order.</summary>
internal sealed record LineLayer(IReadOnlyList<Point> Points) : Layer
{
    /// <summary>For what is not measured: ideals, limits, separators.</summary>
    public bool Dashed { get; init; }

    /// <summary>
    /// The shape at each point, by its place in the series, so that lines differ without colour; null for none.
    /// </summary>
    public int? Marker { get; init; }

    /// <summary>Whether a line joins the points; false leaves the markers.</summary>
    public bool Joined { get; init; } = true;
}
