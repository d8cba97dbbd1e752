namespace BlobsServer.Storage;

/// <summary>
/// Where blobs are kept. What is expected is an outcome; broken or exhausted storage is a <see cref="StoreException"/>, which
/// any method may throw. A call that needs nobody's patience has completed when it returns, on the caller's thread; one
/// that has to wait goes on elsewhere, so callers need not know which threads may wait.
/// </summary>
internal interface IBlobStore
{
    /// <summary>The largest blob that is taken.</summary>
    long MaxBlobBytes { get; }

    /// <summary>
    /// Stores a blob under a free name. Of those who race for a name exactly one stores; nobody ever sees a part of a blob.
    /// Reading the body throws what its reader throws, and stores nothing.
    /// </summary>
    ValueTask<PutResult> PutAsync(PutRequest request, CancellationToken cancellationToken);

    /// <summary>
    /// What is stored under the name, made as safe as what was just answered "stored"; null when nothing is. Whoever refuses
    /// a PUT because of it lets a client whose first answer got lost take its own blob for stored.
    /// </summary>
    ValueTask<StoredBlob?> FindAsync(BlobName name, CancellationToken cancellationToken);

    /// <summary>
    /// Opens a blob for reading; null when there is none. Once open it can be read to its end, also when deleted.
    /// </summary>
    ValueTask<IOpenBlob?> OpenAsync(BlobName name, CancellationToken cancellationToken);

    /// <summary>The flags as the JSON array that was stored, "[]" when none were; null when there is no blob.</summary>
    ValueTask<byte[]?> ReadFlagsAsync(BlobName name, CancellationToken cancellationToken);

    /// <summary>Replaces the flags as a whole by another JSON array; false when there is no blob.</summary>
    ValueTask<bool> ReplaceFlagsAsync(BlobName name, byte[] flags, CancellationToken cancellationToken);

    /// <summary>Deletes a blob with its flags and remembers that it was there.</summary>
    /// <param name="name">Which blob.</param>
    /// <param name="ifMatch">Only if its entity tag is one of these; null whichever it is.</param>
    /// <param name="cancellationToken">The caller has gone.</param>
    ValueTask<DeleteOutcome> DeleteAsync(BlobName name, EntityTags? ifMatch, CancellationToken cancellationToken);

    /// <summary>The ids that a query wants, in its order, in batches; each is valid until the next is asked for.</summary>
    IAsyncEnumerable<NameList> ListAsync(ListQuery query, CancellationToken cancellationToken);

    /// <summary>How many ids the query wants.</summary>
    ValueTask<long> CountAsync(ListQuery query, CancellationToken cancellationToken);

    /// <summary>Writes something and forgets it; throws when that is not possible.</summary>
    ValueTask ProbeAsync(CancellationToken cancellationToken);
}
