using System.Buffers;
using StoreClients.Pipelining;

namespace StoreClients.Redis;

/// <summary>Redis over one pipelined connection. Any number of tasks may call at once; each gets its own reply.</summary>
public sealed class RedisClient : IDisposable
{
    [ThreadStatic]
    private static ArrayBufferWriter<byte>? _scratch;

    private readonly PipelinedConnection<RedisReply> _connection;

    /// <param name="url">redis://[USER:PASSWORD@]HOST:PORT[/NUMBER].</param>
    /// <param name="timeout">What connecting and what each call may take.</param>
    /// <param name="time">The system's clock, when null.</param>
    public RedisClient(StoreUrl url, TimeSpan timeout, TimeProvider? time = null) =>
        _connection = new(url, () => new RedisWire(url), timeout, time ?? TimeProvider.System);

    /// <summary>One command.</summary>
    /// <exception cref="StoreUnavailableException">No reply.</exception>
    /// <exception cref="StoreErrorException">The reply is an error.</exception>
    public Task<RedisReply> CallAsync(
        string command, CancellationToken cancellation, params ReadOnlySpan<StoreValue> arguments) =>
        CheckAsync(SendAsync(command, cancellation, arguments));

    /// <summary>
    /// Runs a script: its name is sent, and its text only to a server that does not know it (yet, or any more).
    /// </summary>
    /// <param name="script">What runs, alone: Redis does nothing else meanwhile.</param>
    /// <param name="keys">KEYS of the script.</param>
    /// <param name="arguments">ARGV of the script.</param>
    /// <param name="cancellation">Who cancels does not wait any more; the script may run all the same.</param>
    public async Task<RedisReply> EvalAsync(
        RedisScript script, string[] keys, StoreValue[] arguments, CancellationToken cancellation)
    {
        StoreValue[] words = [script.Sha1, keys.Length, .. keys, .. arguments];
        var reply = await SendAsync("EVALSHA", cancellation, words);
        if (reply.Kind == RedisReplyKind.Error && ErrorOf(reply).Code == "NOSCRIPT")
        {
            words[0] = script.Text;
            reply = await SendAsync("EVAL", cancellation, words);
        }

        ThrowIfError(reply);
        return reply;
    }

    public void Dispose() => _connection.Dispose();

    internal static void ThrowIfError(RedisReply reply)
    {
        if (reply.Kind == RedisReplyKind.Error) throw ErrorOf(reply);
    }

    private static StoreErrorException ErrorOf(RedisReply reply)
    {
        var message = reply.AsText()!;
        return new StoreErrorException(message.Split(' ', 2)[0], message);
    }

    private static async Task<RedisReply> CheckAsync(Task<RedisReply> call)
    {
        var reply = await call;
        ThrowIfError(reply);
        return reply;
    }

    private Task<RedisReply> SendAsync(string command, CancellationToken cancellation, params ReadOnlySpan<StoreValue> arguments)
    {
        var body = _scratch ??= new ArrayBufferWriter<byte>();
        body.ResetWrittenCount();
        RespWriter.Write(body, command, arguments);
        return _connection.CallAsync(0, body.WrittenSpan, cancellation);
    }
}
