using RequestClient.Actions;

namespace RequestClient.Load.Judging;

/// <summary>The body that the rehearsal saw; during the rehearsal, any that the step accepts, which is then learned.</summary>
internal sealed class SameJudge(Step step, LearnedBody learned) : IBodyJudge
{
    private readonly List<byte> _seen = [];
    private bool _differs;

    public long? WantedLength => learned.IsLearning ? null : learned.Bytes.Length;

    public long MaxLength => learned.IsLearning ? 256 * 1024 * 1024 : learned.Bytes.Length;

    public void Begin(ulong key, ulong previousKey)
    {
        _differs = false;
        if (_seen.Count > 0) _seen.Clear();
    }

    public void Take(ReadOnlySpan<byte> bytes, long position)
    {
        if (learned.IsLearning) _seen.AddRange(bytes);
        else if (position + bytes.Length <= learned.Bytes.Length && !_differs)
            _differs = !bytes.SequenceEqual(learned.Bytes.AsSpan((int)position, bytes.Length));
    }

    public Failure? Judge(long length)
    {
        if (!learned.IsLearning)
            return _differs ? new Failure(Failure.Bytes, $"{length} bytes that differ from the rehearsal's reply") : null;
        var body = _seen.ToArray();
        if (step.Accepts(body) is { } objection) return new Failure(Failure.Bytes, objection);
        learned.Bytes = body;
        return null;
    }
}
