using Graph.Charts;

namespace Graph.Rendering;

internal enum PictureFormat
{
    /// <summary>Twice as fine as it is large, for screens with small pixels.</summary>
    Png,

    Svg,
}

/// <summary>A drawn picture, or the one line that says why there is none.</summary>
internal sealed record Drawing(byte[]? Bytes, string? Failure);

/// <summary>Draws a figure. What it says is the figure's; how it looks is the renderer's.</summary>
internal interface IFigureRenderer
{
    Task<Drawing> DrawAsync(Figure figure, PictureFormat format, CancellationToken cancel);
}
