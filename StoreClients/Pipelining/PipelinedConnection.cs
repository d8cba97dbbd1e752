using Transport;

namespace StoreClients.Pipelining;

/// <summary>
/// One connection of a process to its store, for all of its requests at once. It is made by the first call, and again by
/// the first call after it was lost. While the store is down calls fail at once instead of waiting for their time-out.
/// </summary>
internal sealed class PipelinedConnection<TReply>(StoreUrl url, Func<IWire<TReply>> protocol, TimeSpan timeout, TimeProvider time)
    : IDisposable
{
    // After a refusal nobody knocks again for this long: the store has better things to do while it starts.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private readonly Lock _gate = new();
    private volatile Link<TReply>? _link;
    private Task<Link<TReply>>? _connecting;
    private StoreUnavailableException? _refusal;
    private long _refusedAt;
    private bool _isDisposed;

    /// <exception cref="StoreUnavailableException">Also through the task, when the reply does not come.</exception>
    public Task<TReply> CallAsync(byte kind, ReadOnlySpan<byte> body, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var reply = _link?.TryCall(kind, body) ?? ConnectAndCallAsync(kind, body.ToArray(), cancellation);
        return cancellation.CanBeCanceled ? reply.WaitAsync(cancellation) : reply;
    }

    public void Dispose()
    {
        lock (_gate) _isDisposed = true;
        _link?.Dispose();
    }

    private async Task<TReply> ConnectAndCallAsync(byte kind, byte[] body, CancellationToken cancellation)
    {
        while (true)
        {
            var link = await ConnectAsync().WaitAsync(cancellation);
            if (link.TryCall(kind, body) is { } reply) return await reply;
        }
    }

    /// <summary>The link that is there, or the one that is being made, or a new one.</summary>
    private Task<Link<TReply>> ConnectAsync()
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            if (_link is { HasEnded: false } link) return Task.FromResult(link);
            if (_connecting is not null) return _connecting;
            if (_refusal is { } refusal && time.GetElapsedTime(_refusedAt) < Pause)
            {
                return Task.FromException<Link<TReply>>(new StoreUnavailableException(refusal.Message, false, refusal));
            }

            // On a thread of the pool: it must not come back to this lock before it is known as the one under way.
            return _connecting = Task.Run(OpenAsync);
        }
    }

    private async Task<Link<TReply>> OpenAsync()
    {
        try
        {
            var link = await OpenLinkAsync();
            lock (_gate)
            {
                _link = link;
                _connecting = null;
                _refusal = null;
                if (_isDisposed) link.Dispose();
                return link;
            }
        }
        catch (Exception failure)
        {
            var refusal =
                new StoreUnavailableException($"cannot connect to {url}: {Reason(failure)}", mayHaveHappened: false, failure);
            lock (_gate)
            {
                _connecting = null;
                _refusal = refusal;
                _refusedAt = time.GetTimestamp();
            }

            throw refusal;
        }
    }

    private async Task<Link<TReply>> OpenLinkAsync()
    {
        using var deadline = new CancellationTokenSource(timeout, time);
        var socket = await ClientSocket.ConnectAsync(url.Host, url.Port, EpollLoops.Shared, deadline.Token);
        var wire = protocol();
        var handshake = new Handshake<TReply>(socket, wire);
        await socket.UseAsync(() => wire.OpenAsync(handshake), deadline.Token);
        return new Link<TReply>(socket, wire, handshake.LastId, timeout, time);
    }

    private string Reason(Exception failure) =>
        failure is OperationCanceledException ? $"no answer within {timeout.TotalSeconds:0.###} s" : failure.Message;
}
