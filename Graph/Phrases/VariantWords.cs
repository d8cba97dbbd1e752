using Graph.Analysis.Variants;

namespace Graph.Phrases;

/// <summary>The dimensions that scenarios are compared in, in words.</summary>
internal static class VariantWords
{
    /// <summary>"Way in".</summary>
    public static string NameOf(Dimension dimension) => dimension switch
    {
        Dimension.WayIn => "Way in",
        Dimension.Store => "Store",
        _ => "Connections",
    };

    /// <summary>For the names of files: "ways-in".</summary>
    public static string FileNameOf(Dimension dimension) => dimension switch
    {
        Dimension.WayIn => "ways-in",
        Dimension.Store => "stores",
        _ => "connections",
    };

    /// <summary>One of them in a sentence: "nginx", "40 connections".</summary>
    public static string Of(Dimension dimension, string variant) =>
        dimension == Dimension.Concurrency ? $"{variant} connections" : variant;
}
