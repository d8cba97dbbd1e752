using System.Text;

namespace RequestClient.Load.Judging;

/// <summary>One of several texts, the values in whose places {once} came in no other reply of the run.</summary>
/// <param name="texts">The texts, and which of the step's alternatives each is.</param>
/// <param name="values">The values that came, on whatever connection.</param>
internal sealed class TextJudge((TextMatcher Text, int Alternative)[] texts, OnceValues values) : IBodyJudge
{
    private const int ExcerptLength = 160;

    private byte[] _body = [];

    public long? WantedLength => texts is [{ Text: var text }] ? text.WantedLength : null;

    public long MaxLength { get; private set; }

    /// <summary>Which of the step's alternatives the last right body was.</summary>
    public int Alternative { get; private set; }

    public void Begin(ulong key, ulong previousKey)
    {
        Alternative = -1;
        MaxLength = 0;
        foreach (var (text, _) in texts)
        {
            text.Fill();
            MaxLength = Math.Max(MaxLength, text.MaxLength);
        }
    }

    public void Take(ReadOnlySpan<byte> bytes, long position)
    {
        var length = position + bytes.Length;
        if (length > MaxLength) return;
        if (length > _body.Length) Array.Resize(ref _body, (int)Math.Min(MaxLength, length * 2));
        bytes.CopyTo(_body.AsSpan((int)position));
    }

    public Failure? Judge(long length)
    {
        if (length > MaxLength) return new Failure(Failure.Length, $"{length} bytes, wanted {MaxLength} at most");
        var body = _body.AsSpan(0, (int)length);
        foreach (var (text, alternative) in texts)
        {
            if (!text.Matches(body, out var value)) continue;
            Alternative = alternative;
            return text.HasOnce && !values.Add(value)
                ? new Failure(Failure.Twice, $"the value {Encoding.UTF8.GetString(value)} came in another reply too")
                : null;
        }

        var excerpt = Encoding.UTF8.GetString(body[..Math.Min(body.Length, ExcerptLength)]);
        return new Failure(Failure.Bytes, $"'{excerpt}' is not the wanted text, or does not hold it");
    }
}
