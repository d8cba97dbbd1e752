using System.Globalization;
using System.Text;
using RequestClient.Actions;
using RequestClient.Http;

namespace RequestClient.Load.Judging;

/// <summary>
/// Judges the replies to one step, one after another: the status chooses who judges the body. A wrong reply is read on, so that
/// the connection can be used again, but only so far.
/// </summary>
internal sealed class ReplyJudge : IBodyReader
{
    /// <summary>How much of a reply that is wrong anyway is worth reading.</summary>
    private const long DrainLimit = 1024 * 1024;
    private const int ExcerptLength = 160;

    private readonly (int Status, int Alternative, IBodyJudge Judge)[] _judges;
    private readonly string _wantedStatus;
    private readonly ReplyKeeper? _keeper;

    /// <summary>Whose status is the only right one; null when nobody's is.</summary>
    private readonly OperationValues? _strict;
    private readonly List<byte> _excerpt = [];
    private IBodyJudge? _judge;
    private int _alternative;
    private ulong _key;
    private ulong _previousKey;
    private long _received;
    private long? _announced;
    private int _status;

    public ReplyJudge(
        Step step, bool isFirst, LearnedBody learned, OnceValues onceValues, int blobLength, string user, OperationValues values)
    {
        _strict = isFirst ? values : null;
        _keeper = step.Keeps.Count > 0 ? new ReplyKeeper([.. step.Keeps], values) : null;
        _judges = [.. step.Wanted.Select((reply, index) => (Reply: reply, Index: index)).GroupBy(wanted => wanted.Reply.Status)
            .Select(group => (group.Key, group.First().Index, JudgeOf([.. group])))];
        _wantedStatus = string.Join(" or ", _judges.Select(judge => judge.Status));

        IBodyJudge JudgeOf(IReadOnlyList<(WantedReply Reply, int Index)> wanted) => wanted[0].Reply.Body switch
        {
            WantedBody.Empty => new EmptyJudge(),
            WantedBody.Blob => new BlobJudge(blobLength),
            WantedBody.Same => new SameJudge(step, learned),
            WantedBody.Text => new TextJudge(
                [
                    .. wanted.Select(text => (new TextMatcher(text.Reply.Text!, step.Places, user, values), text.Index))
                ], onceValues),
            _ => new AnyJudge(),
        };
    }

    /// <summary>Bytes of the body so far.</summary>
    public long Received => _received;

    /// <summary>Which of the step's alternatives the last right reply was, from 0.</summary>
    public int Alternative => _judge is TextJudge text ? text.Alternative : _alternative;

    /// <summary>Whether reading on is pointless: the head announced a wrong length, or the reply is wrong and long.</summary>
    public bool IsHopeless =>
        (_judge?.WantedLength is { } wanted && _announced is { } announced && announced != wanted)
        || _received > Math.Max(_judge?.MaxLength ?? 0, DrainLimit);

    /// <summary>Gets ready for the reply to a request.</summary>
    public void Expect(ulong key, ulong previousKey)
    {
        _key = key;
        _previousKey = previousKey;
        _judge = null;
        _received = 0;
        _status = 0;
        _announced = null;
        if (_excerpt.Count > 0) _excerpt.Clear();
        _keeper?.Begin();
    }

    public void TakeHead(ReadOnlySpan<byte> lines) => _keeper?.TakeHead(lines);

    public void Begin(int status, long? length)
    {
        _status = status;
        _announced = length;
        if (_strict?.Status is { } only && only != status) return;
        foreach (var (wanted, alternative, judge) in _judges)
        {
            if (wanted != status) continue;
            (_judge, _alternative) = (judge, alternative);
            judge.Begin(_key, _previousKey);
            return;
        }
    }

    public void Take(ReadOnlySpan<byte> bytes)
    {
        if (_judge is null) _excerpt.AddRange(bytes[..Math.Min(bytes.Length, ExcerptLength - _excerpt.Count)]);
        else _judge.Take(bytes, _received);
        _keeper?.TakeBody(bytes);
        _received += bytes.Length;
    }

    /// <summary>What is wrong with the whole reply; null when it is right.</summary>
    public Failure? Judge()
    {
        if (_judge is null) return WrongStatus();
        var failure = _judge.WantedLength is { } wanted && _received != wanted ? WrongLength() : _judge.Judge(_received);
        return failure ?? Keep();
    }

    /// <summary>The failure of a reply that ended early, for the reason given: a wrong status says more than that.</summary>
    public Failure JudgeBroken(Failure reason) => _status != 0 && _judge is null ? WrongStatus() : reason;

    /// <summary>The failure of a reply whose length is wrong; the head may have said so before the body came.</summary>
    public Failure WrongLength() => new(
        Failure.Length, $"{(_announced ?? _received)} bytes, wanted {_judge?.WantedLength ?? _judge?.MaxLength ?? 0}");

    /// <summary>Of what is right but not what the operation is for, nothing is kept.</summary>
    private Failure? Keep()
    {
        if (_keeper is null) return null;
        if (Alternative == 0) return _keeper.Finish();
        _keeper.Forget();
        return null;
    }

    private Failure WrongStatus() =>
        new(
            Failure.Status(_status),
            $"status {_status}, wanted {_strict?.Status?.ToString(CultureInfo.InvariantCulture) ?? _wantedStatus}{Excerpt()}");

    private string Excerpt()
    {
        if (_excerpt.Count == 0) return "";
        var text = Encoding.UTF8.GetString([.. _excerpt]);
        return ": " + string.Concat(text.Select(letter => char.IsControl(letter) ? ' ' : letter));
    }
}
