using System.ComponentModel;
using Linux;
using RequestClient.Actions;
using RequestClient.Http;
using RequestClient.Load.Judging;
using RequestClient.Net;

namespace RequestClient.Load;

/// <summary>
/// One request at a time and its reply, judged, over a connection that is kept for as long as both sides allow. It is
/// driven by readiness events and never waits.
/// </summary>
internal sealed unsafe class Exchange
{
    private enum State
    {
        Idle,
        Connecting,
        Exchanging,
    }

    private readonly Target _target;
    private readonly Epoll _epoll;
    private readonly ReceiveBuffer _buffer;
    private readonly uint _index;
    private readonly TcpConnection _connection = new();
    private readonly ReplyReader _reply = new();
    private readonly MessageSender _sender;
    private ReplyJudge _judge = null!;
    private State _state;
    private bool _opensOnly;
    private bool _isFresh;

    /// <summary>Makes one whose events carry its index in the low half of their tag and its generation in the high one.</summary>
    public Exchange(Target target, Epoll epoll, ReceiveBuffer buffer, int index)
    {
        _target = target;
        _epoll = epoll;
        _buffer = buffer;
        _index = (uint)index;
        _sender = new MessageSender(_connection);
    }

    public bool IsOpen => _connection.IsOpen;

    public bool IsBusy => _state != State.Idle;

    /// <summary>Grows with each socket, so that an event of an earlier one is known.</summary>
    public uint Generation { get; private set; }

    /// <summary>What went wrong with the last exchange; null when nothing did.</summary>
    public Failure? Failure { get; private set; }

    /// <summary>
    /// Whether the last exchange failed as one does when a server closes a connection that nobody used: it had been open
    /// before, and not a byte of an answer came (RFC 9112 section 9.3.1).
    /// </summary>
    public bool IsUnanswered { get; private set; }

    /// <summary>Body bytes of the reply.</summary>
    public long ReceivedBytes => _judge.Received;

    /// <summary>Opens the connection.</summary>
    public ExchangeProgress Open()
    {
        _opensOnly = true;
        return Connect();
    }

    /// <summary>Sends a request, over a new connection where none is open; the judge has the word on its reply.</summary>
    public ExchangeProgress Begin(PreparedRequest request, ReplyJudge judge, ulong key, ulong previousKey)
    {
        _opensOnly = false;
        _judge = judge;
        _judge.Expect(key, previousKey);
        _reply.Begin(judge, request.IsHead);
        _sender.Begin(request.Bytes, request.Length, request.BlobLength, key);
        if (!_connection.IsOpen) return Connect();
        _isFresh = false;
        _state = State.Exchanging;
        return Send();
    }

    /// <summary>The socket can be read or written, or failed.</summary>
    public ExchangeProgress OnReady(uint events)
    {
        if (_state == State.Connecting)
        {
            var connected = FinishConnecting();
            if (connected != ExchangeProgress.Pending) return connected;
        }
        else if (!_sender.IsDone && (events & Epoll.Writable) != 0)
        {
            var sent = Send();
            if (sent != ExchangeProgress.Pending) return sent;
        }

        return (events & ~Epoll.Writable) == 0 ? ExchangeProgress.Pending : Receive(events);
    }

    /// <summary>Gives up on what is overdue.</summary>
    public ExchangeProgress TimeOut(double seconds) => Break(new Failure(
        Failure.TimedOut, $"no {(_state == State.Connecting ? "connection" : "whole reply")} within {seconds:0.###} s"));

    public void Close()
    {
        _connection.Close();
        _state = State.Idle;
    }

    private ExchangeProgress Connect()
    {
        _state = State.Connecting;
        _isFresh = true;
        Generation++;
        if (!_connection.Open(_target) || !_connection.BeginConnect(_target)) return Break(FailureOf(_connection.LastError));
        _epoll.Watch(_connection.Descriptor, ((ulong)Generation << 32) | _index);
        return ExchangeProgress.Pending;
    }

    private ExchangeProgress FinishConnecting()
    {
        if (!_connection.EndConnect()) return Break(FailureOf(_connection.LastError));
        _state = _opensOnly ? State.Idle : State.Exchanging;
        return _opensOnly ? ExchangeProgress.Opened : Send();
    }

    private ExchangeProgress Send()
    {
        if (_sender.Send()) return ExchangeProgress.Pending;
        var failure = FailureOf(_connection.LastError);
        // A server that refuses a body may answer and then reset: the answer, which still lies here, says more.
        var progress = Receive(Epoll.Failed);
        return progress == ExchangeProgress.Pending ? Break(failure) : progress;
    }

    private ExchangeProgress Receive(uint events)
    {
        var isClosing = (events & (Epoll.PeerClosed | Epoll.Failed)) != 0;
        while (true)
        {
            var received = _connection.Receive(_buffer.Start, ReceiveBuffer.Length);
            if (received == TcpConnection.WouldBlock) return ExchangeProgress.Pending;
            if (_state != State.Exchanging) return DropIdle();
            if (received <= 0) return received == 0 ? OnPeerClosed() : Break(FailureOf(_connection.LastError));

            switch (_reply.Read(new ReadOnlySpan<byte>(_buffer.Start, received)))
            {
                case ReplyProgress.Complete:
                    return received < ReceiveBuffer.Length ? Conclude(isClosing) : ConcludeFull(isClosing);
                case ReplyProgress.Malformed:
                    return Break(new Failure(Failure.Framing, _reply.Problem!));
            }

            if (_judge.IsHopeless) return Break(_judge.WrongLength());
            // A short read emptied the socket; the next bytes bring an event of their own. An end of the stream that came
            // together with them does not.
            if (received < ReceiveBuffer.Length && !isClosing) return ExchangeProgress.Pending;
        }
    }

    /// <summary>An end, a failure or bytes that nobody asked for, between two exchanges: the connection is done.</summary>
    private ExchangeProgress DropIdle()
    {
        Close();
        return ExchangeProgress.Pending;
    }

    /// <summary>The reply is whole, and filled the buffer: what may lie behind it tells whether it is right.</summary>
    private ExchangeProgress ConcludeFull(bool isClosing)
    {
        var more = _connection.Receive(_buffer.Start, ReceiveBuffer.Length);
        return more > 0
            ? Break(new Failure(Failure.Framing, $"{more} bytes more than the reply has"))
            : Conclude(isClosing || more != TcpConnection.WouldBlock);
    }

    private ExchangeProgress OnPeerClosed()
    {
        if (_reply.Close() == ReplyProgress.Complete) return Conclude(isClosing: true);
        return Break(_reply.HasBegun
            ? new Failure(
                Failure.Truncated, $"the connection was closed in the {_reply.Part}, after {_judge.Received} body bytes")
            : new Failure(Failure.Closed, "the connection was closed instead of an answer"));
    }

    /// <summary>The reply is whole.</summary>
    private ExchangeProgress Conclude(bool isClosing)
    {
        Failure = _judge.Judge() ?? (_sender.IsDone ? null : new Failure(Failure.Framing, "a reply before the request was sent"));
        IsUnanswered = false;
        if (isClosing || !_reply.KeepAlive || !_sender.IsDone) _connection.Close();
        _state = State.Idle;
        return Failure is null ? ExchangeProgress.Replied : ExchangeProgress.Failed;
    }

    /// <summary>The exchange broke off: a status that is wrong anyway says more than the reason.</summary>
    private ExchangeProgress Break(Failure reason)
    {
        IsUnanswered = !_isFresh && !_reply.HasBegun && reason.Kind is Failure.Closed or Failure.Reset;
        Failure = _opensOnly ? reason : _judge.JudgeBroken(reason);
        Close();
        return ExchangeProgress.Failed;
    }

    private static Failure FailureOf(int error) => new(
        error switch
        {
            Errno.ConnectionRefused => Failure.Refused,
            Errno.ConnectionReset or Errno.BrokenPipe => Failure.Reset,
            Errno.TimedOut => Failure.TimedOut,
            _ => Failure.Connect,
        },
        new Win32Exception(error).Message);
}
