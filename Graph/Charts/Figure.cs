namespace Graph.Charts;

/// <summary>
/// A whole picture as data: what it says, not how it is drawn. Every number is in the unit that its axis names.
/// </summary>
internal sealed record Figure
{
    public required string Title { get; init; }

    public required string Subtitle { get; init; }

    /// <summary>What the marks mean, under the picture, a paragraph each.</summary>
    public required IReadOnlyList<string> Caption { get; init; }

    public required IReadOnlyList<Panel> Panels { get; init; }

    /// <summary>Panels side by side; null leaves it to the layout.</summary>
    public int? Columns { get; init; }
}

/// <summary>One pair of axes and what lies between them, drawn in the order of the layers.</summary>
internal sealed record Panel
{
    /// <summary>Null where the figure's title says it all.</summary>
    public string? Title { get; init; }

    public required Axis X { get; init; }

    public required Axis Y { get; init; }

    /// <summary>Texts on the right of the axes, at places of the y axis.</summary>
    public IReadOnlyList<Tick> Beside { get; init; } = [];

    /// <summary>Pixels from the top of the axes to their bottom; null leaves it to the layout.</summary>
    public double? Height { get; init; }

    public required IReadOnlyList<Layer> Layers { get; init; }
}

/// <summary>
/// A linear axis from <see cref="Least"/> to <see cref="Most"/>; other scales are expressed by where the ticks stand.
/// </summary>
internal sealed record Axis(string Label, double Least, double Most, IReadOnlyList<Tick> Ticks)
{
    /// <summary>Whether the ticks name categories: long names are broken. Numbers are left out where they would touch.</summary>
    public bool Categories { get; init; }

    /// <summary>Whether a fine line runs across the picture at each tick.</summary>
    public bool Grid { get; init; }
}

internal sealed record Tick(double Position, string Label)
{
    public bool Bold { get; init; }
}
