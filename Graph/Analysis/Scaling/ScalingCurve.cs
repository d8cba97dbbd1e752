namespace Graph.Analysis.Scaling;

/// <summary>A law of how throughput follows the number of processes.</summary>
internal abstract record ScalingCurve
{
    /// <summary>Operations per second that one process would do.</summary>
    public required double PerProcess { get; init; }

    /// <summary>The law's name, for people.</summary>
    public abstract string Name { get; }

    /// <summary>How many numbers the law leaves to the data.</summary>
    public abstract int Parameters { get; }

    /// <summary>The number of processes with the highest throughput; infinite where more always help.</summary>
    public abstract double Peak { get; }

    /// <summary>Operations per second at a number of processes.</summary>
    public double At(double procs) => PerProcess * Gain(procs);

    /// <summary>Throughput in units of that of one process.</summary>
    protected abstract double Gain(double procs);
}

/// <summary>Each process adds as much as the first.</summary>
internal sealed record LinearScaling : ScalingCurve
{
    public override string Name => "linear";

    public override int Parameters => 1;

    public override double Peak => double.PositiveInfinity;

    protected override double Gain(double procs) => procs;
}

/// <summary>Linear up to a ceiling that something else sets.</summary>
internal sealed record PlateauScaling : ScalingCurve
{
    /// <summary>Processes at which the ceiling is reached, from 1.</summary>
    public required double Knee { get; init; }

    public override string Name => "plateau";

    public override int Parameters => 2;

    public override double Peak => Knee;

    protected override double Gain(double procs) => Math.Min(procs, Knee);
}

/// <summary>G. Amdahl's law: a part of each operation can't run side by side.</summary>
internal sealed record AmdahlScaling : ScalingCurve
{
    /// <summary>The part that can't, from 0 to 1.</summary>
    public required double Contention { get; init; }

    public override string Name => "Amdahl";

    public override int Parameters => 2;

    public override double Peak => double.PositiveInfinity;

    protected override double Gain(double procs) => procs / (1 + Contention * (procs - 1));
}

/// <summary>
/// N. Gunther's Universal Scalability Law: as Amdahl's, and each process also costs each other something, so that
/// throughput can fall. gN / (1 + a(N-1) + bN(N-1)).
/// </summary>
internal sealed record UniversalScaling : ScalingCurve
{
    /// <summary>a: the part that can't run side by side, from 0 to 1.</summary>
    public required double Contention { get; init; }

    /// <summary>b: what each pair of processes costs, from 0 to 1.</summary>
    public required double Coherency { get; init; }

    public override string Name => "USL";

    public override int Parameters => 3;

    public override double Peak => Coherency == 0 ? double.PositiveInfinity : Math.Sqrt((1 - Contention) / Coherency);

    protected override double Gain(double procs) => procs / (1 + Contention * (procs - 1) + Coherency * procs * (procs - 1));
}
