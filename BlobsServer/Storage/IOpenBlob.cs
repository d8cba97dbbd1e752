using System.IO.Pipelines;

namespace BlobsServer.Storage;

/// <summary>A blob that is being read.</summary>
internal interface IOpenBlob : IAsyncDisposable
{
    StoredBlob Info { get; }

    /// <summary>
    /// Writes a part of the bytes, and flushes at the reader's pace what is much; a little is left for the caller's next flush.
    /// </summary>
    /// <returns>How many bytes were handed over: fewer than asked for when the reader has gone.</returns>
    ValueTask<long> CopyToAsync(PipeWriter writer, long offset, long length, CancellationToken cancellationToken);
}
