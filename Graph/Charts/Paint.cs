namespace Graph.Charts;

/// <summary>How a mark looks: a colour as #rrggbb.</summary>
internal sealed record Paint(string Colour);
