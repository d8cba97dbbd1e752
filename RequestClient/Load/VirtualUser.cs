using System.Text;
using RequestClient.Actions;
using RequestClient.Blobs;

namespace RequestClient.Load;

/// <summary>One operation at a time, step by step, over a connection of its own: what is sent, timed and counted.</summary>
internal sealed class VirtualUser(LoadLoop loop, Workload workload, Exchange exchange)
{
    private readonly PreparedRequest[] _requests = workload.PrepareRequests();
    private readonly byte[] _id = new byte[IdSequence.IdLength];
    private bool _opensOnly;
    private bool _isResent;
    private int _step;
    private ulong _key;
    private ulong _previousKey;
    private long _operation;
    private long _stepBytes;
    private long _dueNanoseconds;
    private long _beganNanoseconds;

    public bool IsBusy => exchange.IsBusy;

    public uint Generation => exchange.Generation;

    private PreparedRequest Request => _requests[_step];

    /// <summary>Opens the connection, unless it is open.</summary>
    public void Open()
    {
        _opensOnly = true;
        _beganNanoseconds = Clock.NowNanoseconds;
        Follow(exchange.IsOpen ? ExchangeProgress.Opened : exchange.Open());
    }

    /// <summary>Begins an operation that was due at the given time.</summary>
    public void Start(IdSequence ids, long operation, long dueNanoseconds)
    {
        _opensOnly = false;
        _operation = operation;
        _dueNanoseconds = dueNanoseconds;
        _step = 0;
        _stepBytes = 0;
        ids.Write(operation, _id);
        if (workload.UsesBlobs)
        {
            _previousKey = _key;
            _key = BlobContent.Key(workload.UserHash, _id);
        }

        _beganNanoseconds = Clock.NowNanoseconds;
        Follow(BeginStep());
    }

    /// <summary>The connection can be read or written, or failed.</summary>
    public void OnReady(uint events) => Follow(exchange.OnReady(events));

    /// <summary>Gives up on a reply that is overdue.</summary>
    public void CheckTimeout(long nowNanoseconds, long timeoutNanoseconds)
    {
        if (IsBusy && nowNanoseconds - _beganNanoseconds >= timeoutNanoseconds)
            Follow(exchange.TimeOut(timeoutNanoseconds / 1e9));
    }

    public void Close() => exchange.Close();

    /// <summary>Goes on for as long as there is something to do at once.</summary>
    private void Follow(ExchangeProgress progress)
    {
        while (progress != ExchangeProgress.Pending)
        {
            progress = progress switch
            {
                ExchangeProgress.Replied => EndStep(),
                ExchangeProgress.Opened => EndOperation(Clock.NowNanoseconds),
                _ => OnFailed(exchange.Failure!),
            };
        }
    }

    private ExchangeProgress BeginStep()
    {
        Request.Stamp(_id);
        _isResent = false;
        loop.Measures.Requests++;
        return Send();
    }

    private ExchangeProgress Send() => exchange.Begin(Request, workload.Learned[_step], workload.BlobLength, _key, _previousKey);

    private ExchangeProgress EndStep()
    {
        var now = Clock.NowNanoseconds;
        loop.Measures.Steps[_step].Record(now - _beganNanoseconds);
        loop.Measures.OpenLoop?.FromDue[_step].Record(now - _dueNanoseconds);
        _beganNanoseconds = now;
        _stepBytes += Request.BodyLength + exchange.ReceivedBytes;
        if (++_step < _requests.Length) return BeginStep();
        loop.Measures.Operations++;
        loop.Measures.Bytes += _stepBytes;
        return EndOperation(now);
    }

    /// <summary>The loop may begin the next operation from here.</summary>
    private ExchangeProgress EndOperation(long now)
    {
        loop.OnFinished(this, now);
        return ExchangeProgress.Pending;
    }

    private ExchangeProgress OnFailed(Failure failure)
    {
        // Whether a server that closed the connection had taken the request, nobody can tell: only what may be done twice is
        // sent again, and once, since the connection is new then (RFC 9110 section 9.2.2). The record counts these, and if the
        // server did take it, the books don't balance.
        if (!_opensOnly && exchange.IsUnanswered && Request.Step.IsIdempotent)
        {
            _isResent = true;
            loop.Measures.Resent++;
            return Send();
        }

        loop.OnFailed(this, failure, _opensOnly ? "connecting" : Where());
        return ExchangeProgress.Pending;
    }

    private string Where() =>
        $"{Request.Step.Name} {Encoding.ASCII.GetString(_id)} (operation {_operation}{(_isResent ? ", sent twice" : "")})";
}
