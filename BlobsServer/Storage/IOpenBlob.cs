using System.IO.Pipelines;

namespace BlobsServer.Storage;

/// <summary>A blob that is being read.</summary>
internal interface IOpenBlob : IAsyncDisposable
{
    StoredBlob Info { get; }

    /// <summary>Writes a part of the bytes and flushes it at the reader's pace.</summary>
    /// <returns>How many bytes were handed over: fewer than asked for when the reader has gone.</returns>
    ValueTask<long> CopyToAsync(PipeWriter writer, long offset, long length, CancellationToken cancellationToken);
}
