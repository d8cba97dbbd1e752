using System.Text;
using RequestClient.Actions;

namespace RequestClient.Load.Judging;

/// <summary>One of several texts, the values in whose places {once} came in no other reply of the run.</summary>
/// <param name="texts">The texts, and which of the step's alternatives each is.</param>
/// <param name="values">The values that came, on whatever connection.</param>
internal sealed class TextJudge(IReadOnlyList<(TextPattern Text, int Alternative)> texts, OnceValues values) : IBodyJudge
{
    private const int ExcerptLength = 160;

    private readonly byte[] _body = new byte[texts.Max(text => text.Text.MaxLength)];

    public long? WantedLength => texts is [{ Text: { HasOnce: false, MaxLength: var length } }] ? length : null;

    public long MaxLength => _body.Length;

    /// <summary>Which of the step's alternatives the last right body was.</summary>
    public int Alternative { get; private set; }

    public void Begin(ulong key, ulong previousKey) => Alternative = -1;

    public void Take(ReadOnlySpan<byte> bytes, long position)
    {
        if (position + bytes.Length <= _body.Length) bytes.CopyTo(_body.AsSpan((int)position));
    }

    public Failure? Judge(long length)
    {
        if (length > _body.Length) return new Failure(Failure.Length, $"{length} bytes, wanted {_body.Length} at most");
        var body = _body.AsSpan(0, (int)length);
        for (var index = 0; index < texts.Count; index++)
        {
            var (text, alternative) = texts[index];
            if (!text.Matches(body, out var value)) continue;
            Alternative = alternative;
            return text.HasOnce && !values.Add(value)
                ? new Failure(Failure.Twice, $"the value {Encoding.UTF8.GetString(value)} came in another reply too")
                : null;
        }

        var excerpt = Encoding.UTF8.GetString(body[..Math.Min(body.Length, ExcerptLength)]);
        return new Failure(Failure.Bytes, $"'{excerpt}' is not the wanted text");
    }
}
