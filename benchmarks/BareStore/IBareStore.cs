namespace BareStore;

/// <summary>A store as its client alone gives it.</summary>
internal interface IBareStore : IAsyncDisposable
{
    Task PrepareAsync();

    /// <summary>Stores under a new name, as exclusively as BlobsServer does.</summary>
    Task PutAsync(string id, byte[] body);

    Task<int> GetAsync(string id);
}
