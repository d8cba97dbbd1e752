using System.Text;
using RequestClient.Actions;
using RequestClient.Blobs;
using RequestClient.Http;

namespace RequestClient.Load;

/// <summary>
/// Judges the body of one reply as it comes. A wrong one is read on, so that the connection can be used again, but
/// only so far.
/// </summary>
internal sealed class ReplyBody : IBodyReader
{
    /// <summary>How much of a reply that is wrong anyway is worth reading.</summary>
    private const long DrainLimit = 1024 * 1024;

    /// <summary>How much of a reply of any length is read.</summary>
    private const long UnknownLimit = 256 * 1024 * 1024;
    private const int ExcerptLength = 160;

    private readonly BlobCheck _blob = new();
    private readonly List<byte> _kept = [];
    private Step _step = null!;
    private LearnedBody _learned = null!;
    private long _wantedLength;
    private long _received;
    private long? _announced;
    private int _status;
    private bool _differs;

    /// <summary>Bytes of the body so far.</summary>
    public long Received => _received;

    /// <summary>Whether reading on is pointless: the head announced a wrong length, or the reply is wrong and long.</summary>
    public bool IsHopeless =>
        (IsLengthKnown && _status == _step.WantedStatus && _announced is { } announced && announced != _wantedLength)
        || _received > (IsLengthKnown ? Math.Max(_wantedLength, DrainLimit) : UnknownLimit);

    private bool IsLengthKnown => _step.WantedBody != WantedBody.Any && !IsLearning;

    private bool IsLearning => _learned.IsLearning && _step.WantedBody == WantedBody.Same;

    /// <summary>Gets ready for the reply to a request.</summary>
    public void Expect(Step step, LearnedBody learned, int blobLength, ulong key, ulong previousKey)
    {
        _step = step;
        _learned = learned;
        _received = 0;
        _status = 0;
        _differs = false;
        if (_kept.Count > 0) _kept.Clear();
        _wantedLength = step.WantedBody switch
        {
            WantedBody.Blob => blobLength,
            WantedBody.Same => learned.Bytes.Length,
            _ => 0,
        };
        if (step.WantedBody == WantedBody.Blob) _blob.Begin(key, previousKey);
    }

    public void Begin(int status, long? length)
    {
        _status = status;
        _announced = length;
    }

    public void Take(ReadOnlySpan<byte> bytes)
    {
        if (_status != _step.WantedStatus) Keep(bytes, ExcerptLength);
        else if (_step.WantedBody == WantedBody.Same) TakeSame(bytes);
        else if (_step.WantedBody == WantedBody.Blob && _received + bytes.Length <= _wantedLength) _blob.Compare(bytes);
        _received += bytes.Length;
    }

    /// <summary>What is wrong with the whole reply; null when it is right.</summary>
    public Failure? Judge()
    {
        if (_status != _step.WantedStatus) return WrongStatus();
        if (IsLearning) return Learn();
        if (IsLengthKnown && _received != _wantedLength) return WrongLength();
        if (_step.WantedBody == WantedBody.Same && _differs)
            return new Failure(Failure.Bytes, $"{_received} bytes that differ from the rehearsal's reply");
        return _step.WantedBody == WantedBody.Blob ? JudgeBlob() : null;
    }

    /// <summary>The failure of a reply that ended early, for the reason given: a wrong status says more than that.</summary>
    public Failure JudgeBroken(Failure reason) => _status != 0 && _status != _step.WantedStatus ? WrongStatus() : reason;

    /// <summary>The failure of a reply whose length is wrong; the head may have said so before the body came.</summary>
    public Failure WrongLength() => new(
        Failure.Length, $"{(_announced ?? _received)} bytes, wanted {_wantedLength}");

    private Failure WrongStatus() =>
        new(Failure.Status(_status), $"status {_status}, wanted {_step.WantedStatus}{Excerpt()}");

    private Failure? JudgeBlob() => _blob.Verdict switch
    {
        BlobVerdict.Right => null,
        BlobVerdict.Stale => new Failure(Failure.Stale, "the blob that this connection asked for before"),
        BlobVerdict.Swapped => new Failure(Failure.Swapped, "another blob"),
        _ => new Failure(Failure.Bytes, $"byte {_blob.FirstWrong} of {_wantedLength} is the first wrong one"),
    };

    private void TakeSame(ReadOnlySpan<byte> bytes)
    {
        if (_learned.IsLearning) Keep(bytes, (int)UnknownLimit);
        else if (_received + bytes.Length <= _wantedLength && !_differs)
            _differs = !bytes.SequenceEqual(_learned.Bytes.AsSpan((int)_received, bytes.Length));
    }

    private Failure? Learn()
    {
        var body = _kept.ToArray();
        if (_step.Accepts(body) is { } objection) return new Failure(Failure.Bytes, objection);
        _learned.Bytes = body;
        return null;
    }

    private void Keep(ReadOnlySpan<byte> bytes, int limit) =>
        _kept.AddRange(bytes[..Math.Min(bytes.Length, limit - _kept.Count)]);

    private string Excerpt()
    {
        if (_kept.Count == 0) return "";
        var text = Encoding.UTF8.GetString([.. _kept]);
        return ": " + string.Concat(text.Select(letter => char.IsControl(letter) ? ' ' : letter));
    }
}
