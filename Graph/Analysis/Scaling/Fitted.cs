namespace Graph.Analysis.Scaling;

/// <summary>The law that a sample chooses, and what the study's own law would make of that sample.</summary>
/// <param name="Chosen">By AICc.</param>
/// <param name="Own">The law that the whole study chose, fitted to this sample.</param>
internal sealed record Fitted(ScalingCurve Chosen, ScalingCurve Own)
{
    /// <summary>A law within another one says the other's number too: linear is USL with a = b = 0.</summary>
    public double Contention => Chosen switch
    {
        LinearScaling => 0,
        AmdahlScaling amdahl => amdahl.Contention,
        UniversalScaling universal => universal.Contention,
        _ => Own is AmdahlScaling own ? own.Contention : ((UniversalScaling)Own).Contention,
    };

    public double Coherency => Chosen switch
    {
        LinearScaling or AmdahlScaling => 0,
        UniversalScaling universal => universal.Coherency,
        _ => ((UniversalScaling)Own).Coherency,
    };

    /// <param name="most">The most processes that were measured: a line has its knee there or beyond.</param>
    public double Knee(int most) => Chosen switch
    {
        LinearScaling => most,
        PlateauScaling plateau => plateau.Knee,
        _ => ((PlateauScaling)Own).Knee,
    };
}
