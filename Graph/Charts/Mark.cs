namespace Graph.Charts;

/// <summary>The shape of a mark, so that series differ without colour.</summary>
internal enum Mark
{
    Circle,
    Square,
    TriangleUp,
    Diamond,
    TriangleDown,
    OpenCircle,
    OpenSquare,
    OpenTriangleUp,
    OpenDiamond,
    OpenTriangleDown,
    Plus,
    Cross,
    Star,
}
