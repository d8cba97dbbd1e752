using System.Buffers;
using BlobsServer.Observation;

namespace BlobsServer.Endpoints;

/// <summary>
/// A JSON array of ids on its way out: short ones with their length, long ones in chunks, at the reader's pace.
/// </summary>
internal sealed class JsonIdArray(Exchange exchange) : IDisposable
{
    private const int BufferBytes = 64 * 1024;
    private const int Reserve = 256; // the longest id, quotes, comma and bracket

    private readonly byte[] _buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
    private int _length;
    private bool _isBegun;

    public bool IsFull => _length > BufferBytes - Reserve;

    /// <summary>Appends an id, in which there is nothing that JSON would escape.</summary>
    public void Add(ReadOnlySpan<byte> id)
    {
        _buffer[_length++] = _isBegun ? (byte)',' : (byte)'[';
        _isBegun = true;
        _buffer[_length++] = (byte)'"';
        id.CopyTo(_buffer.AsSpan(_length));
        _length += id.Length;
        _buffer[_length++] = (byte)'"';
    }

    /// <summary>False when the client is gone.</summary>
    public async ValueTask<bool> FlushAsync()
    {
        var result = await exchange.Http.Response.BodyWriter.WriteAsync(_buffer.AsMemory(0, _length));
        exchange.SentBytes += _length;
        _length = 0;
        return !result.IsCompleted;
    }

    public async ValueTask FinishAsync()
    {
        if (!_isBegun) _buffer[_length++] = (byte)'[';
        _buffer[_length++] = (byte)']';
        if (!exchange.Http.Response.HasStarted) exchange.Http.Response.ContentLength = _length;
        await FlushAsync();
    }

    public void Dispose() => ArrayPool<byte>.Shared.Return(_buffer);
}
