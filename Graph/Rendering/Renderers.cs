namespace Graph.Rendering;

/// <summary>The renderer that this program was built with: gnuplot, or ScottPlot with -p:Plotter=ScottPlot.</summary>
internal static class Renderers
{
#if SCOTTPLOT
    public static IFigureRenderer BuiltIn { get; } = new ScottPlotRenderer();
#else
    public static IFigureRenderer BuiltIn { get; } = new GnuplotRenderer();
#endif
}
