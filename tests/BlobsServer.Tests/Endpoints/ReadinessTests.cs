using BlobsServer.Endpoints;
using BlobsServer.Storage;

namespace BlobsServer.Tests.Endpoints;

public sealed class ReadinessTests
{
    /// <summary>However many ask, a disk that hangs holds one thread.</summary>
    [Fact]
    public async Task WhyNotAsync_WhileAProbeIsUnderWay_StartsNoOther()
    {
        var store = new HangingStore();
        var readiness = new Readiness(new TaskCompletionSource().Task, store, TimeProvider.System);
        var first = readiness.WhyNotAsync();
        var second = readiness.WhyNotAsync();
        Assert.Equal(1, store.Probes);
        store.GoOn.SetResult();
        _ = (await first, await second);
    }

    private sealed class HangingStore : IBlobStore
    {
        public TaskCompletionSource GoOn { get; } = new();

        public int Probes { get; private set; }

        public long MaxBlobBytes => throw new NotSupportedException();

        public ValueTask ProbeAsync(CancellationToken cancellationToken)
        {
            Probes++;
            return new(GoOn.Task);
        }

        public ValueTask<PutResult> PutAsync(PutRequest request, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public ValueTask<StoredBlob?> FindAsync(BlobName name, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public ValueTask<IOpenBlob?> OpenAsync(BlobName name, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public ValueTask<byte[]?> ReadFlagsAsync(BlobName name, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public ValueTask<bool> ReplaceFlagsAsync(BlobName name, byte[] flags, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public ValueTask<DeleteOutcome> DeleteAsync(BlobName name, EntityTags? ifMatch, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public IAsyncEnumerable<NameList> ListAsync(ListQuery query, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public ValueTask<long> CountAsync(ListQuery query, CancellationToken cancellationToken) =>
            throw new NotSupportedException();
    }
}
