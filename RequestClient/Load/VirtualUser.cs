using RequestClient.Actions;
using RequestClient.Blobs;
using RequestClient.Http;
using RequestClient.Net;

namespace RequestClient.Load;

/// <summary>
/// One connection and the operation that is under way on it: sends a step's request, reads its reply, judges it, goes
/// on with the next step. It is driven by readiness events and never waits.
/// </summary>
internal sealed unsafe class VirtualUser
{
    private enum State
    {
        Idle,
        Connecting,
        Exchanging,
    }

    private readonly LoadLoop _loop;
    private readonly Workload _workload;
    private readonly PreparedRequest[] _requests;
    private readonly TcpConnection _connection = new();
    private readonly ReplyBody _body = new();
    private readonly ReplyReader _reply;
    private readonly MessageSender _sender;
    private readonly byte[] _id = new byte[IdSequence.IdLength];
    private State _state;
    private bool _opensOnly;
    private int _step;
    private ulong _key;
    private ulong _previousKey;
    private long _operation;
    private long _stepBytes;
    private long _dueNanoseconds;
    private long _beganNanoseconds;

    public VirtualUser(LoadLoop loop, Workload workload, int index)
    {
        _loop = loop;
        _workload = workload;
        Index = index;
        _requests = workload.PrepareRequests();
        _reply = new ReplyReader(_body);
        _sender = new MessageSender(_connection);
    }

    public int Index { get; }

    /// <summary>Grows with each socket, so that an event of an earlier one is known.</summary>
    public uint Generation { get; private set; }

    public bool IsBusy => _state != State.Idle;

    private PreparedRequest Request => _requests[_step];

    /// <summary>Opens the connection, unless it is open.</summary>
    public void Open()
    {
        _opensOnly = true;
        _beganNanoseconds = Clock.NowNanoseconds;
        if (_connection.IsOpen) _loop.OnFinished(this, _beganNanoseconds);
        else Connect();
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
        if (_workload.UsesBlobs)
        {
            _previousKey = _key;
            _key = BlobContent.Key(_workload.UserHash, _id);
        }

        _beganNanoseconds = Clock.NowNanoseconds;
        if (_connection.IsOpen) SendStep();
        else Connect();
    }

    /// <summary>The socket can be read or written, or failed.</summary>
    public void OnReady(uint events)
    {
        if (_state == State.Connecting && !FinishConnecting()) return;
        if (_state == State.Exchanging && !_sender.IsDone && (events & Epoll.Writable) != 0 && !Send()) return;
        if ((events & ~Epoll.Writable) != 0) Receive(events);
    }

    /// <summary>Gives up on a reply that is overdue.</summary>
    public void CheckTimeout(long nowNanoseconds)
    {
        if (!IsBusy || nowNanoseconds - _beganNanoseconds < _workload.TimeoutNanoseconds) return;
        var missing = _state == State.Connecting ? "connection" : "whole reply";
        FailBroken(new Failure(Failure.TimedOut, $"no {missing} within {_workload.TimeoutNanoseconds / 1e9:0.###} s"));
    }

    public void Close()
    {
        _connection.Close();
        _state = State.Idle;
    }

    private void Connect()
    {
        _state = State.Connecting;
        _reply.Begin(headRequested: false);
        _connection.Open(_workload.Target);
        Generation++;
        if (_connection.BeginConnect(_workload.Target)) _loop.Watch(this, _connection.Descriptor);
        else Fail(FailureOf(_connection.LastError));
    }

    private bool FinishConnecting()
    {
        if (!_connection.EndConnect())
        {
            Fail(FailureOf(_connection.LastError));
            return false;
        }

        if (!_opensOnly) return SendStep();
        _state = State.Idle;
        _loop.OnFinished(this, Clock.NowNanoseconds);
        return false;
    }

    private bool SendStep()
    {
        _state = State.Exchanging;
        var request = Request;
        request.Stamp(_id);
        _reply.Begin(request.IsHead);
        _body.Expect(request.Step, _workload.Learned[_step], _workload.BlobLength, _key, _previousKey);
        _sender.Begin(request.Bytes, request.BlobLength, _key);
        _loop.Measures.Requests++;
        return Send();
    }

    /// <summary>Sends what is left of the request; false when that failed and ended the operation.</summary>
    private bool Send()
    {
        if (_sender.Send()) return true;
        var failure = FailureOf(_connection.LastError);
        // A server that refuses a body may answer and then reset: the answer, which still lies here, says more.
        var operation = _operation;
        Receive(Epoll.Failed);
        if (_state == State.Exchanging && _operation == operation) Fail(failure);
        return false;
    }

    private void Receive(uint events)
    {
        var buffer = _loop.ReceiveBuffer;
        while (true)
        {
            var received = _connection.Receive(buffer, LoadLoop.ReceiveBufferLength);
            if (received > 0)
            {
                if (!Take(new ReadOnlySpan<byte>(buffer, received))) return;
                // A short read emptied the socket; the next bytes bring an event of their own. An end of the stream
                // that came together with them does not.
                if (received == LoadLoop.ReceiveBufferLength || (events & (Epoll.PeerClosed | Epoll.Failed)) != 0) continue;
                return;
            }

            if (received == TcpConnection.WouldBlock) return;
            if (received == 0) OnPeerClosed();
            else Fail(FailureOf(_connection.LastError));
            return;
        }
    }

    /// <summary>Reads a piece of the reply; false when this socket is not to be read on.</summary>
    private bool Take(ReadOnlySpan<byte> bytes)
    {
        if (_state != State.Exchanging)
        {
            // Bytes that nobody asked for: the connection is of no use any more.
            Close();
            return false;
        }

        switch (_reply.Read(bytes))
        {
            case ReplyProgress.Complete:
                return Finish();
            case ReplyProgress.Malformed:
                FailBroken(new Failure(Failure.Framing, _reply.Problem!));
                return false;
            default:
                if (!_body.IsHopeless) return true;
                FailBroken(_body.WrongLength());
                return false;
        }
    }

    private void OnPeerClosed()
    {
        var part = _reply.IsInBody ? "body" : "head";
        if (_state == State.Idle) Close();
        else if (_reply.Close() == ReplyProgress.Complete) Finish();
        else if (!_reply.HasBegun) Fail(new Failure(Failure.Closed, "the connection was closed instead of an answer"));
        else FailBroken(new Failure(Failure.Truncated, $"the connection was closed in the {part}, after {_body.Received} body bytes"));
    }

    /// <summary>The reply is whole. True when this socket may be read on.</summary>
    private bool Finish()
    {
        var now = Clock.NowNanoseconds;
        if (_body.Judge() is { } failure)
        {
            Fail(failure, keepConnection: _reply.KeepAlive && _sender.IsDone);
            return false;
        }

        if (!_sender.IsDone)
        {
            Fail(new Failure(Failure.Framing, "a reply before the request was sent"));
            return false;
        }

        _loop.Measures.Steps[_step].Record(now - _beganNanoseconds);
        _loop.Measures.OpenLoop?.FromDue[_step].Record(now - _dueNanoseconds);
        _beganNanoseconds = now;
        _stepBytes += Request.BlobLength + (Request.Step.SendsText?.Text.Length ?? 0) + _body.Received;
        var reusable = _reply.KeepAlive;
        if (!reusable) Close();
        if (++_step < _requests.Length)
        {
            if (reusable) return SendStep();
            Connect();
            return false;
        }

        _state = State.Idle;
        _loop.Measures.Operations++;
        _loop.Measures.Bytes += _stepBytes;
        _loop.OnFinished(this, now);
        return reusable;
    }

    /// <summary>The exchange broke off: a status that is wrong anyway says more than the reason.</summary>
    private void FailBroken(Failure reason) => Fail(_state == State.Exchanging ? _body.JudgeBroken(reason) : reason);

    private void Fail(Failure failure, bool keepConnection = false)
    {
        if (!keepConnection) Close();
        _state = State.Idle;
        var where = _opensOnly ? "connecting" : $"{Request.Step.Name} {System.Text.Encoding.ASCII.GetString(_id)} (operation {_operation})";
        _loop.OnFailed(this, failure, where);
    }

    private static Failure FailureOf(int error) => new(
        error switch
        {
            Errno.ConnectionRefused => Failure.Refused,
            Errno.ConnectionReset or Errno.BrokenPipe => Failure.Reset,
            Errno.TimedOut => Failure.TimedOut,
            _ => Failure.Connect,
        },
        new System.ComponentModel.Win32Exception(error).Message);
}
