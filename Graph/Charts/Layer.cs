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

internal sealed record Span(double X, double Low, double High);
