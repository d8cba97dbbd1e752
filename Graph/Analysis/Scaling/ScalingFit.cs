namespace Graph.Analysis.Scaling;

/// <summary>A number that a fit found, with its interval; null bounds where the study has a single block.</summary>
/// <param name="Name">What it is, for people.</param>
/// <param name="Value">The estimate.</param>
/// <param name="Low">The lower end.</param>
/// <param name="High">The upper end.</param>
internal sealed record Estimate(string Name, double Value, double? Low, double? High)
{
    /// <summary>Whether the lower end is no finding but the least that the law allows: "at most High".</summary>
    public bool LowIsBound { get; init; }

    /// <summary>Whether the upper end is the most that the law allows: "at least Low".</summary>
    public bool HighIsBound { get; init; }
}

/// <summary>Throughput over processes at one place of the axis: the curve and its band.</summary>
internal sealed record BandPoint(double Procs, double Value, double Low, double High);

/// <summary>A law tried on the data. The smaller AICc, the better the law explains them for the numbers that it uses.</summary>
internal sealed record Candidate(ScalingCurve Curve, double Aicc);

/// <summary>How the throughput of one action follows the number of processes.</summary>
internal sealed record ScalingFit
{
    /// <summary>All laws that the number of process counts allows, the chosen one first.</summary>
    public required IReadOnlyList<Candidate> Candidates { get; init; }

    public ScalingCurve Curve => Candidates[0].Curve;

    /// <summary>The chosen law's numbers.</summary>
    public required IReadOnlyList<Estimate> Estimates { get; init; }

    /// <summary>The process counts that were measured, in rising order.</summary>
    public required IReadOnlyList<int> Procs { get; init; }

    /// <summary>The band of the chosen curve; empty where the study has a single block.</summary>
    public required IReadOnlyList<BandPoint> Band { get; init; }

    /// <summary>Logarithms of measured over fitted, a row a block and a column a process count, block means taken out.</summary>
    public required IReadOnlyList<IReadOnlyList<double>> Residuals { get; init; }

    /// <summary>
    /// Where the throughput is highest; null where the data don't say, because the peak may lie outside of what was
    /// measured.
    /// </summary>
    public Estimate? Peak { get; init; }

    /// <summary>
    /// How often resampled blocks would choose the same law, from 0 to 1; null where the study has a single block.
    /// </summary>
    public double? ChosenRatio { get; init; }

    /// <summary>Null where the data leave nothing to test it by: a single block, or as many numbers as counts.</summary>
    public LackOfFit? LackOfFit { get; init; }
}
