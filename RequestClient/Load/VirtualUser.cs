using System.Text;
using RequestClient.Actions;
using RequestClient.Blobs;
using RequestClient.Load.Judging;

namespace RequestClient.Load;

/// <summary>One operation at a time, step by step, over a connection of its own: what is sent, timed and counted.</summary>
internal sealed class VirtualUser
{
    private readonly Workload _workload;
    private readonly Exchange _exchange;
    private readonly OperationValues _values;
    private readonly PreparedRequest[] _requests;
    private readonly ReplyJudge[] _judges;
    private Measures _measures = null!;
    private bool _opensOnly;
    private bool _isResent;
    private bool _isCounted;
    private int _step;
    private int _endStep;
    private ulong _key;
    private ulong _previousKey;
    private long _operation;
    private long _stepBytes;
    private long _dueNanoseconds;
    private long _beganNanoseconds;

    public VirtualUser(Workload workload, Exchange exchange)
    {
        _workload = workload;
        _exchange = exchange;
        _values = workload.MakeValues();
        _requests = workload.PrepareRequests(_values);
        _judges = workload.MakeJudges(_values);
    }

    public bool IsBusy => _exchange.IsBusy;

    public uint Generation => _exchange.Generation;

    /// <summary>When the last operation ended.</summary>
    public long EndedNanoseconds { get; private set; }

    /// <summary>What went wrong with it; null when nothing did.</summary>
    public Failure? Failure => _exchange.Failure;

    /// <summary>What it was doing, for messages.</summary>
    public string Where => _opensOnly
        ? "connecting"
        : $"{Request.Step.Name} {Encoding.ASCII.GetString(_values.Id)} "
            + $"(operation {_operation}{Line}{(_isResent ? ", sent twice" : "")})";

    /// <summary>Its line of the feed as an editor counts.</summary>
    private string Line => _values.Row is { } row ? $", line {row + 2} of the feed" : "";

    private PreparedRequest Request => _requests[_step];

    /// <summary>Opens the connection, unless it is open.</summary>
    public UserProgress Open()
    {
        _opensOnly = true;
        _beganNanoseconds = Clock.NowNanoseconds;
        return Follow(_exchange.IsOpen ? ExchangeProgress.Opened : _exchange.Open());
    }

    /// <summary>Begins an operation, which is counted in the given measures.</summary>
    public UserProgress Start(IdSequence ids, Turn turn, Measures measures)
    {
        _measures = measures;
        _opensOnly = false;
        _operation = turn.Operation;
        _dueNanoseconds = turn.DueNanoseconds;
        _stepBytes = 0;
        var part = _workload.PartOf(turn.Operation);
        (_step, _endStep, _isCounted) = (part.FirstStep, part.FirstStep + part.StepCount, part.IsCounted);
        ids.Write(turn.Operation, _values.Id);
        _workload.Begin(turn.Operation, _values);
        if (_workload.UsesBlobs)
        {
            _previousKey = _key;
            _key = BlobContent.Key(_workload.UserHash, _values.Id);
        }

        _beganNanoseconds = Clock.NowNanoseconds;
        return Follow(BeginStep());
    }

    /// <summary>The connection can be read or written, or failed.</summary>
    public UserProgress OnReady(uint events) => Follow(_exchange.OnReady(events));

    /// <summary>Gives up on a reply that is overdue.</summary>
    public UserProgress CheckTimeout(long nowNanoseconds, long timeoutNanoseconds) =>
        IsBusy && nowNanoseconds - _beganNanoseconds >= timeoutNanoseconds
            ? Follow(_exchange.TimeOut(timeoutNanoseconds / 1e9))
            : UserProgress.Waiting;

    public void Close() => _exchange.Close();

    /// <summary>Goes on to the next step for as long as there is something to do at once.</summary>
    private UserProgress Follow(ExchangeProgress progress)
    {
        while (true)
        {
            switch (progress)
            {
                case ExchangeProgress.Pending:
                    return UserProgress.Waiting;
                case ExchangeProgress.Opened:
                    EndedNanoseconds = Clock.NowNanoseconds;
                    return UserProgress.Finished;
                case ExchangeProgress.Replied when EndStep():
                    return UserProgress.Finished;
                case ExchangeProgress.Replied:
                    progress = BeginStep();
                    break;
                case ExchangeProgress.Failed when MayBeSentAgain:
                    progress = SendAgain();
                    break;
                default:
                    // A value that was handed out twice is an error, but the server did hand it out: its store has to hold it.
                    if (_exchange.Failure?.Kind == Failure.Twice && IsCountedSoFar) _measures.Counted++;
                    EndedNanoseconds = Clock.NowNanoseconds;
                    return UserProgress.Failed;
            }
        }
    }

    private ExchangeProgress BeginStep()
    {
        Request.Fill();
        _isResent = false;
        _measures.Requests++;
        return Send();
    }

    /// <summary>Whether every reply of the operation was the one of its alternatives that the store counts.</summary>
    private bool IsCountedSoFar => _isCounted && _judges[_step].Alternative == 0;

    /// <summary>Counts a right reply; gives whether it was the last step's.</summary>
    private bool EndStep()
    {
        var now = Clock.NowNanoseconds;
        _measures.Steps[_step].Record(now - _beganNanoseconds);
        _measures.OpenLoop?.FromDue[_step].Record(now - _dueNanoseconds);
        _beganNanoseconds = now;
        _stepBytes += Request.BodyLength + _exchange.ReceivedBytes;
        _isCounted = IsCountedSoFar;
        do _step++;
        while (_step < _endStep && !Request.CanBeSent);
        if (_step < _endStep) return false;
        _measures.Operations++;
        _measures.Bytes += _stepBytes;
        if (_isCounted) _measures.Counted++;
        EndedNanoseconds = now;
        return true;
    }

    /// <summary>
    /// Whether a server that closed the connection had taken the request, nobody can tell: only what may be done twice is sent
    /// again, and once, since the connection is new then (RFC 9110 section 9.2.2). The record counts these, and if the server
    /// did take it, the books don't balance.
    /// </summary>
    private bool MayBeSentAgain => !_opensOnly && _exchange.IsUnanswered && Request.Step.IsIdempotent;

    private ExchangeProgress SendAgain()
    {
        _isResent = true;
        _measures.Resent++;
        return Send();
    }

    private ExchangeProgress Send() => _exchange.Begin(Request, _judges[_step], _key, _previousKey);
}
