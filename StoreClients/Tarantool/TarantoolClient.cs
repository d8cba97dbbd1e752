using System.Buffers;
using System.Globalization;
using StoreClients.Pipelining;

namespace StoreClients.Tarantool;

/// <summary>
/// Tarantool over one pipelined connection. Any number of tasks may call at once; each gets its own reply. Only functions
/// are called: what they do with their arguments is written in the schema, so no text becomes code.
/// </summary>
public sealed class TarantoolClient : IDisposable
{
    [ThreadStatic]
    private static ArrayBufferWriter<byte>? _scratch;

    private readonly PipelinedConnection<TarantoolReply> _connection;

    /// <param name="url">tarantool://USER:PASSWORD@HOST:PORT.</param>
    /// <param name="schema">What each connection makes sure of first; null for nothing.</param>
    /// <param name="timeout">What connecting and what each call may take.</param>
    /// <param name="time">The system's clock, when null.</param>
    public TarantoolClient(StoreUrl url, TarantoolSchema? schema, TimeSpan timeout, TimeProvider? time = null) =>
        _connection = new(url, () => new TarantoolWire(url, schema), timeout, time ?? TimeProvider.System);

    /// <summary>Calls a function by its name.</summary>
    /// <exception cref="StoreUnavailableException">No reply.</exception>
    /// <exception cref="StoreErrorException">The function failed; what it did outside of a transaction stays.</exception>
    public Task<TarantoolReply> CallAsync(
        string function, CancellationToken cancellation, params ReadOnlySpan<StoreValue> arguments)
    {
        var body = TarantoolWire.Write(_scratch ??= new(), Code.Function, function, arguments);
        return CheckAsync(_connection.CallAsync(Code.Call, body, cancellation));
    }

    /// <summary>Whether it answers.</summary>
    public Task PingAsync(CancellationToken cancellation) => CheckAsync(_connection.CallAsync(Code.Ping, [0x80], cancellation));

    public void Dispose() => _connection.Dispose();

    internal static void ThrowIfError(in TarantoolReply reply)
    {
        if (reply.ErrorMessage is { } message)
        {
            throw new StoreErrorException(reply.ErrorNumber.ToString(CultureInfo.InvariantCulture), message);
        }
    }

    private static async Task<TarantoolReply> CheckAsync(Task<TarantoolReply> call)
    {
        var reply = await call;
        ThrowIfError(reply);
        return reply;
    }
}
