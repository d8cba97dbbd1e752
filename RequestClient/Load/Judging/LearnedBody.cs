namespace RequestClient.Load.Judging;

/// <summary>The reply body that a step's replies must equal, once the rehearsal has seen it.</summary>
internal sealed class LearnedBody
{
    public byte[] Bytes { get; set; } = [];

    /// <summary>True during the rehearsal: replies are taken in, not compared.</summary>
    public bool IsLearning { get; set; }
}
