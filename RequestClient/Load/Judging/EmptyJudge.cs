namespace RequestClient.Load.Judging;

/// <summary>No body at all.</summary>
internal sealed class EmptyJudge : IBodyJudge
{
    public long? WantedLength => 0;

    public long MaxLength => 0;

    public void Begin(ulong key, ulong previousKey)
    {
    }

    public void Take(ReadOnlySpan<byte> bytes, long position)
    {
    }

    public Failure? Judge(long length) => null;
}
