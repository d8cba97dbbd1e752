using Linux;

namespace RequestClient.Net;

/// <summary>A non-blocking socket without any buffering: what the kernel answers is what the caller gets.</summary>
internal sealed unsafe class TcpConnection
{
    /// <summary>What <see cref="Send"/> and <see cref="Receive"/> give when the kernel has nothing to take or give now.</summary>
    public const int WouldBlock = -1;
    private const int MaxPieces = 4;

    private readonly IoVector[] _pieces = GC.AllocateArray<IoVector>(MaxPieces, pinned: true);
    private int _pieceCount;

    public int Descriptor { get; private set; } = -1;

    public bool IsOpen => Descriptor >= 0;

    /// <summary>The error number of the last call that failed.</summary>
    public int LastError { get; private set; }

    /// <summary>Uses a socket that somebody else made and closes.</summary>
    public static TcpConnection Over(int descriptor) => new() { Descriptor = descriptor };

    /// <summary>Makes a socket that does not wait and delays no small writes; false with <see cref="LastError"/> set.</summary>
    public bool Open(Target target)
    {
        const int Type = ClientCalls.StreamSocket | SocketCalls.NonBlocking | SocketCalls.CloseOnExec;
        Descriptor = ClientCalls.Socket(target.AddressFamily, Type, 0);
        if (Descriptor < 0)
        {
            LastError = ClientCalls.LastError;
            return false;
        }

        _ = SocketCalls.SetOption(Descriptor, ClientCalls.ProtocolTcp, ClientCalls.TcpNoDelay, 1, sizeof(int));
        return true;
    }

    /// <summary>Begins to connect; true when that is under way or done, false with <see cref="LastError"/> set.</summary>
    public bool BeginConnect(Target target)
    {
        fixed (byte* address = target.Address)
        {
            if (ClientCalls.Connect(Descriptor, address, (uint)target.Address.Length) == 0) return true;
        }

        LastError = ClientCalls.LastError;
        return LastError == Errno.InProgress;
    }

    /// <summary>Whether the connect that became writable succeeded.</summary>
    public bool EndConnect()
    {
        int error;
        uint length = sizeof(int);
        LastError = ClientCalls.GetOption(Descriptor, ClientCalls.SolSocket, ClientCalls.SocketError, &error, &length) == 0
            ? error
            : ClientCalls.LastError;
        return LastError == 0;
    }

    /// <summary>
    /// Sends one piece of pinned memory; gives the bytes taken, or <see cref="WouldBlock"/>, or -2 with <see cref="LastError"/>.
    /// </summary>
    public int Send(byte* bytes, int length) => Outcome(ClientCalls.Send(Descriptor, bytes, (nuint)length, SocketCalls.NoSignal));

    /// <summary>Adds a piece of pinned memory to what <see cref="SendPieces"/> sends; empty ones are left out.</summary>
    public void AddPiece(byte* bytes, int length)
    {
        if (length > 0) _pieces[_pieceCount++] = new IoVector { Start = bytes, Length = length };
    }

    /// <summary>Sends the pieces with one system call; the same outcomes as <see cref="Send"/>.</summary>
    public int SendPieces()
    {
        fixed (IoVector* pieces = _pieces)
        {
            var message = new MessageHeader { Vectors = pieces, VectorCount = _pieceCount };
            _pieceCount = 0;
            return Outcome(ClientCalls.SendMessage(Descriptor, &message, SocketCalls.NoSignal));
        }
    }

    /// <summary>Receives what is there; 0 means that the peer closed; otherwise as <see cref="Send"/>.</summary>
    public int Receive(byte* bytes, int length) => Outcome(ClientCalls.Receive(Descriptor, bytes, (nuint)length, 0));

    public void Close()
    {
        if (IsOpen) _ = Libc.Close(Descriptor);
        Descriptor = -1;
    }

    private int Outcome(nint result)
    {
        if (result >= 0) return (int)result;
        LastError = ClientCalls.LastError;
        return LastError is Errno.TryAgain or Errno.Interrupted ? WouldBlock : -2;
    }
}
