namespace ServiceDefaults;

/// <summary>What every service asks of its store, whichever it is; a service's own interface adds the rest.</summary>
public interface IServiceStore : IAsyncDisposable
{
    /// <summary>Makes what the service needs and is not there. Other processes may do so at the same time.</summary>
    Task PrepareAsync(CancellationToken cancellation);

    /// <summary>Returns when the store answers; throws when it does not.</summary>
    Task PingAsync(CancellationToken cancellation);

    /// <summary>Empties it, for all processes.</summary>
    Task ResetAsync(CancellationToken cancellation);
}
