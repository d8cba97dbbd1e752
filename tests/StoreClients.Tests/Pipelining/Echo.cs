using StoreClients.Redis;
using StoreClients.Tarantool;

namespace StoreClients.Tests.Pipelining;

/// <summary>A client whose store gives back what it is sent, at once or after a while.</summary>
internal abstract class Echo : IDisposable
{
    public static Echo Open(string url, TimeSpan timeout)
    {
        var store = StoreUrl.Parse(url);
        return store.Kind == StoreKind.Redis ? new OfRedis(store, timeout) : new OfTarantool(store, timeout);
    }

    public abstract Task<string> AskAsync(string text, CancellationToken cancellation = default);

    /// <summary>The reply takes a while. Redis does nothing else meanwhile, Tarantool does.</summary>
    public abstract Task<string> AskSlowlyAsync(string text, TimeSpan duration);

    public abstract void Dispose();

    private sealed class OfRedis(StoreUrl url, TimeSpan timeout) : Echo
    {
        private static readonly RedisScript Wait = new(
            """
            local function now() local t = redis.call('TIME') return t[1] * 1000 + t[2] / 1000 end
            local began = now()
            while now() - began < tonumber(ARGV[2]) do end
            return ARGV[1]
            """);

        private readonly RedisClient _redis = new(url, timeout);

        public override async Task<string> AskAsync(string text, CancellationToken cancellation) =>
            (await _redis.CallAsync("ECHO", cancellation, text)).AsText()!;

        public override async Task<string> AskSlowlyAsync(string text, TimeSpan duration) =>
            (await _redis.EvalAsync(Wait, [], [text, (long)duration.TotalMilliseconds], default)).AsText()!;

        public override void Dispose() => _redis.Dispose();
    }

    private sealed class OfTarantool(StoreUrl url, TimeSpan timeout) : Echo
    {
        private static readonly TarantoolSchema Schema = new(
            """
            function echo(text) return text end
            function echo_slowly(text, seconds) require('fiber').sleep(seconds) return text end
            """);

        private readonly TarantoolClient _tarantool = new(url, Schema, timeout);

        public override async Task<string> AskAsync(string text, CancellationToken cancellation) =>
            (await _tarantool.CallAsync("echo", cancellation, text)).ReadResults().ReadString();

        public override async Task<string> AskSlowlyAsync(string text, TimeSpan duration) =>
            (await _tarantool.CallAsync("echo_slowly", default, text, duration.TotalSeconds)).ReadResults().ReadString();

        public override void Dispose() => _tarantool.Dispose();
    }
}
