namespace RequestClient.Load.Judging;

/// <summary>Whatever comes.</summary>
internal sealed class AnyJudge : IBodyJudge
{
    public long? WantedLength => null;

    /// <summary>How much of a reply of any length is read.</summary>
    public long MaxLength => 256 * 1024 * 1024;

    public void Begin(ulong key, ulong previousKey)
    {
    }

    public void Take(ReadOnlySpan<byte> bytes, long position)
    {
    }

    public Failure? Judge(long length) => null;
}
