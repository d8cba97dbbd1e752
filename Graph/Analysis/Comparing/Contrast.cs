using Graph.Analysis.Estimating;

namespace Graph.Analysis.Comparing;

/// <summary>What is to be judged: a mean logarithm of ratios of throughput.</summary>
internal sealed record Contrast
{
    /// <summary>Processes of what is judged.</summary>
    public required int Procs { get; init; }

    /// <summary>Processes of what it is judged against.</summary>
    public required int ReferenceProcs { get; init; }

    /// <summary>Null where there is nothing to divide.</summary>
    public Effect? Effect { get; init; }

    /// <summary>Why there is no effect; null where there is one.</summary>
    public OpenReason? Obstacle { get; init; }

    /// <summary>The ratio of what is known without blocks; null where there is none.</summary>
    public double? PlainRatio { get; init; }

    /// <summary>Whether several blocks of its scenario were made on one start of the servers.</summary>
    public bool SharesStarts { get; init; }

    /// <summary>Whether the control of its scenario differs.</summary>
    public bool IsWithheld { get; init; }

    /// <param name="procs">Processes of what is judged.</param>
    /// <param name="referenceProcs">Processes of what it is judged against.</param>
    /// <param name="ratios">Their logarithms by unit of analysis; empty where there is nothing to divide.</param>
    /// <param name="obstacle">Why there may be nothing.</param>
    public static Contrast Of(
        int procs, int referenceProcs, IReadOnlyDictionary<int, double> ratios, Func<OpenReason> obstacle) => new()
        {
            Procs = procs,
            ReferenceProcs = referenceProcs,
            Effect = ratios.Count == 0 ? null : Effect.Of([.. ratios.Values]),
            Obstacle = ratios.Count == 0 ? obstacle() : null,
        };
}
