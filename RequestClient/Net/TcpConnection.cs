namespace RequestClient.Net;

/// <summary>A non-blocking socket without any buffering: what the kernel answers is what the caller gets.</summary>
internal sealed unsafe class TcpConnection
{
    /// <summary>What <see cref="Send"/> and <see cref="Receive"/> give when the kernel has nothing to take or give now.</summary>
    public const int WouldBlock = -1;
    private const int MaxPieces = 4;

    private readonly Libc.IoVector[] _pieces = GC.AllocateArray<Libc.IoVector>(MaxPieces, pinned: true);
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
        Descriptor = Libc.Socket(target.AddressFamily, Libc.StreamSocket | Libc.NonBlocking | Libc.CloseOnExec, 0);
        if (Descriptor < 0)
        {
            LastError = Libc.LastError;
            return false;
        }

        var on = 1;
        _ = Libc.SetOption(Descriptor, Libc.ProtocolTcp, Libc.TcpNoDelay, &on, sizeof(int));
        return true;
    }

    /// <summary>Begins to connect; true when that is under way or done, false with <see cref="LastError"/> set.</summary>
    public bool BeginConnect(Target target)
    {
        fixed (byte* address = target.Address)
        {
            if (Libc.Connect(Descriptor, address, (uint)target.Address.Length) == 0) return true;
        }

        LastError = Libc.LastError;
        return LastError == Errno.InProgress;
    }

    /// <summary>Whether the connect that became writable succeeded.</summary>
    public bool EndConnect()
    {
        int error;
        uint length = sizeof(int);
        LastError = Libc.GetOption(Descriptor, Libc.SolSocket, Libc.SocketError, &error, &length) == 0
            ? error
            : Libc.LastError;
        return LastError == 0;
    }

    /// <summary>
    /// Sends one piece of pinned memory; gives the bytes taken, or <see cref="WouldBlock"/>, or -2 with <see cref="LastError"/>.
    /// </summary>
    public int Send(byte* bytes, int length) => Outcome(Libc.Send(Descriptor, bytes, (nuint)length, Libc.NoSignal));

    /// <summary>Adds a piece of pinned memory to what <see cref="SendPieces"/> sends; empty ones are left out.</summary>
    public void AddPiece(byte* bytes, int length)
    {
        if (length > 0) _pieces[_pieceCount++] = new Libc.IoVector { Base = bytes, Length = (nuint)length };
    }

    /// <summary>Sends the pieces with one system call; the same outcomes as <see cref="Send"/>.</summary>
    public int SendPieces()
    {
        fixed (Libc.IoVector* pieces = _pieces)
        {
            var message = new Libc.MessageHeader { Vectors = pieces, VectorCount = (nuint)_pieceCount };
            _pieceCount = 0;
            return Outcome(Libc.SendMessage(Descriptor, &message, Libc.NoSignal));
        }
    }

    /// <summary>Receives what is there; 0 means that the peer closed; otherwise as <see cref="Send"/>.</summary>
    public int Receive(byte* bytes, int length) => Outcome(Libc.Receive(Descriptor, bytes, (nuint)length, 0));

    public void Close()
    {
        if (IsOpen) _ = Libc.Close(Descriptor);
        Descriptor = -1;
    }

    private int Outcome(nint result)
    {
        if (result >= 0) return (int)result;
        LastError = Libc.LastError;
        return LastError is Errno.TryAgain or Errno.Interrupted ? WouldBlock : -2;
    }
}
