using System.IO.Pipelines;
using System.Security.Cryptography;
using System.Text;
using BlobsServer.Storage;

namespace BlobsServer.Tests.Storage;

/// <summary>What every store keeps, whatever it is made of. A store's own class says how one is opened.</summary>
public abstract class StoreTests
{
    private protected const long MaxBlobBytes = 3 * 1024 * 1024;

    private static readonly CancellationToken Never = CancellationToken.None;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(16)]
    [InlineData(49_152)]
    [InlineData(49_153)]
    [InlineData(65_537)]
    [InlineData(1024 * 1024)]
    [InlineData((1024 * 1024) + 1)]
    [InlineData(MaxBlobBytes)]
    public async Task Bytes_come_back_as_they_went(int sizeBytes)
    {
        var store = await OpenAsync();
        var body = RandomNumberGenerator.GetBytes(sizeBytes);
        foreach (var announced in new long?[] { sizeBytes, null })
        {
            var name = Name($"id-{announced}");
            var put = await PutAsync(store, name, body, announced);
            Assert.Equal((PutOutcome.Stored, (long)sizeBytes), (put.Outcome, put.Blob!.SizeBytes));
            for (var read = 0; read < 3; read++)
            {
                await using var blob = await store.OpenAsync(name, Never);
                Assert.Equal(put.Blob, blob!.Info);
                Assert.Equal(BlobTag.Of(body), blob.Info.Tag);
                Assert.Equal(body, await ReadAsync(blob, 0, sizeBytes));
                Assert.Equal(body[(sizeBytes / 2)..], await ReadAsync(blob, sizeBytes / 2, sizeBytes - (sizeBytes / 2)));
            }

            Assert.Equal(put.Blob, await store.FindAsync(name, Never));
        }
    }

    [Fact]
    public async Task What_is_not_there_is_null()
    {
        var store = await OpenAsync();
        Assert.Null(await store.OpenAsync(Name("id"), Never));
        Assert.Null(await store.FindAsync(Name("id"), Never));
        Assert.Null(await store.ReadFlagsAsync(Name("id"), Never));
        Assert.False(await store.ReplaceFlagsAsync(Name("id"), "[]"u8.ToArray(), Never));
        Assert.Equal(DeleteOutcome.NotFound, await store.DeleteAsync(Name("id"), ifMatch: null, Never));
        Assert.Empty(await ListAsync(store, Query));
        Assert.Equal(0, await store.CountAsync(Query, Never));
        await store.ProbeAsync(Never);
    }

    [Fact]
    public async Task A_name_that_is_taken_stays_as_it_is()
    {
        var store = await OpenAsync();
        var first = await PutAsync(store, Name("id"), [1, 2, 3]);
        foreach (var isAwaiting in new[] { false, true })
        {
            var request = Request(Name("id"), [4], announcedBytes: 1) with { IsAwaitingContinue = isAwaiting };
            var second = await store.PutAsync(request, Never);
            Assert.Equal((PutOutcome.Exists, first.Blob), (second.Outcome, second.Blob));
        }

        await using var blob = await store.OpenAsync(Name("id"), Never);
        Assert.Equal([1, 2, 3], await ReadAsync(blob!, 0, 3));
    }

    [Fact]
    public async Task What_is_refused_stores_nothing()
    {
        var store = await OpenAsync();
        var large = new byte[MaxBlobBytes + 1];
        Assert.Equal(PutOutcome.TooLarge, (await PutAsync(store, Name("id"), large, large.Length)).Outcome);
        Assert.Equal(PutOutcome.TooLarge, (await PutAsync(store, Name("id"), large, null)).Outcome);
        Assert.Equal(PutOutcome.Incomplete, (await PutAsync(store, Name("id"), [1, 2], 3)).Outcome);
        var digest = new ExpectedDigest("Repr-Digest", HashAlgorithmName.SHA256, SHA256.HashData([1]));
        var wrong = await store.PutAsync(Request(Name("id"), [2], 1) with { Digests = [digest] }, Never);
        Assert.Equal((PutOutcome.DigestMismatch, "Repr-Digest"), (wrong.Outcome, wrong.WrongDigestHeader));
        Assert.Null(await store.FindAsync(Name("id"), Never));
        Assert.Empty(await ListAsync(store, Query));
        var right = await store.PutAsync(Request(Name("id"), [1], 1) with { Digests = [digest] }, Never);
        Assert.Equal(PutOutcome.Stored, right.Outcome);
    }

    [Fact]
    public async Task Of_those_who_race_for_a_name_one_wins()
    {
        var store = await OpenAsync();
        for (var round = 0; round < 5; round++)
        {
            var name = Name($"id-{round}");
            var results = await Task.WhenAll(Enumerable.Range(0, 32).Select(racer =>
                Task.Run(() => PutAsync(store, name, [.. Enumerable.Repeat((byte)racer, 100 + racer)]))));
            var winner = Assert.Single(Enumerable.Range(0, 32), racer => results[racer].Outcome == PutOutcome.Stored);
            Assert.All(results, result => Assert.Contains(result.Outcome, new[] { PutOutcome.Stored, PutOutcome.Exists }));
            await using var blob = await store.OpenAsync(name, Never);
            Assert.Equal(Enumerable.Repeat((byte)winner, 100 + winner), await ReadAsync(blob!, 0, 100 + winner));
        }
    }

    [Fact]
    public async Task Flags_are_replaced_as_a_whole_and_go_with_their_blob()
    {
        var store = await OpenAsync();
        await PutAsync(store, Name("id"), [1]);
        Assert.Equal("[]"u8.ToArray(), await store.ReadFlagsAsync(Name("id"), Never));
        foreach (var flags in new[] { """["PENDING","FAILED"]""", """["PROCESSED"]""" })
        {
            Assert.True(await store.ReplaceFlagsAsync(Name("id"), Encoding.ASCII.GetBytes(flags), Never));
            Assert.Equal(flags, Encoding.ASCII.GetString((await store.ReadFlagsAsync(Name("id"), Never))!));
        }

        Assert.Equal(["id"], await ListAsync(store, Query with { Flag = "PROCESSED" }));
        Assert.Empty(await ListAsync(store, Query with { Flag = "PENDING" }));
        Assert.Equal(1, await store.CountAsync(Query with { Flag = "PROCESSED" }, Never));
        await store.DeleteAsync(Name("id"), ifMatch: null, Never);
        Assert.Null(await store.ReadFlagsAsync(Name("id"), Never));
        await PutAsync(store, Name("id"), [1]);
        Assert.Equal("[]"u8.ToArray(), await store.ReadFlagsAsync(Name("id"), Never));
    }

    [Theory]
    [InlineData(300_000)]
    [InlineData(MaxBlobBytes)]
    public async Task A_deleted_blob_is_gone_remembered_and_read_to_its_end_by_who_has_it_open(int sizeBytes)
    {
        var store = await OpenAsync();
        var body = RandomNumberGenerator.GetBytes(sizeBytes);
        var put = await PutAsync(store, Name("id"), body);
        await using var reading = await store.OpenAsync(Name("id"), Never);
        Assert.Equal(DeleteOutcome.NotMatched, await store.DeleteAsync(Name("id"), new EntityTags(false, ["\"x\""]), Never));
        Assert.Equal(DeleteOutcome.Deleted, await store.DeleteAsync(Name("id"), new EntityTags(false, [put.Blob!.ETag]), Never));
        Assert.Equal(DeleteOutcome.NotFound, await store.DeleteAsync(Name("id"), ifMatch: null, Never));
        Assert.Equal(body, await ReadAsync(reading!, 0, body.Length));
        Assert.Empty(await ListAsync(store, Query));
        Assert.Equal(["id"], await ListAsync(store, Query with { Deleted = true }));
        var again = await PutAsync(store, Name("id"), body);
        Assert.Equal(PutOutcome.Stored, again.Outcome);
        Assert.NotEqual(put.Blob.ETag, again.Blob!.ETag);
        Assert.Empty(await ListAsync(store, Query with { Deleted = true }));
    }

    [Fact]
    public async Task Lists_are_in_order_and_in_pages()
    {
        var store = await OpenAsync();
        string[] ids = ["b", "a", "a-", "aa", "a_b", "B", "z9", "long-id-1", "long-id-2"];
        foreach (var id in ids)
        {
            await PutAsync(store, Name(id), [1]);
            await Task.Delay(5); // so that the clock that files are dated by goes on
        }

        await PutAsync(store, new BlobName("alice", "other", "elsewhere"), [1]);
        await PutAsync(store, new BlobName("bob", BlobName.DefaultNamespace, "elsewhere"), [1]);
        var sorted = ids.Order(StringComparer.Ordinal).ToArray();
        Assert.Equal(sorted, await ListAsync(store, Query));
        Assert.Equal(ids, await ListAsync(store, Query with { Order = ListOrder.ByDate }));
        Assert.Equal(ids.Reverse(), await ListAsync(store, Query with { Order = ListOrder.ByDateDescending }));
        Assert.Equal(ids[..2], await ListAsync(store, Query with { Order = ListOrder.ByDate, Limit = 2 }));
        Assert.Equal(ids.Length, await store.CountAsync(Query, Never));
        var paged = new List<string>();
        while (await ListAsync(store, Query with { Limit = 2, After = paged.LastOrDefault("") }) is { Length: > 0 } page)
        {
            Assert.InRange(page.Length, 1, 2);
            paged.AddRange(page);
        }

        Assert.Equal(sorted, paged);
    }

    private protected static ListQuery Query { get; } = new() { User = "alice", Namespace = BlobName.DefaultNamespace };

    /// <summary>A new, empty store that takes blobs of up to <see cref="MaxBlobBytes"/>.</summary>
    private protected abstract ValueTask<IBlobStore> OpenAsync();

    private protected static BlobName Name(string id) => new("alice", BlobName.DefaultNamespace, id);

    private static PutRequest Request(BlobName name, byte[] body, long? announcedBytes) => new()
    {
        Name = name,
        Body = PipeReader.Create(new MemoryStream(body)),
        AnnouncedBytes = announcedBytes,
    };

    private protected static Task<PutResult> PutAsync(IBlobStore store, BlobName name, byte[] body) =>
        PutAsync(store, name, body, body.Length);

    private static Task<PutResult> PutAsync(IBlobStore store, BlobName name, byte[] body, long? announcedBytes) =>
        store.PutAsync(Request(name, body, announcedBytes), Never).AsTask();

    private protected static async Task<byte[]> ReadAsync(IOpenBlob blob, long offset, long length)
    {
        var pipe = new Pipe(new PipeOptions(pauseWriterThreshold: 0));
        Assert.Equal(length, await blob.CopyToAsync(pipe.Writer, offset, length, Never));
        await pipe.Writer.CompleteAsync();
        using var bytes = new MemoryStream();
        await pipe.Reader.CopyToAsync(bytes);
        return bytes.ToArray();
    }

    private static async Task<string[]> ListAsync(IBlobStore store, ListQuery query)
    {
        var ids = new List<string>();
        await foreach (var batch in store.ListAsync(query, Never))
        {
            for (var index = 0; index < batch.Count; index++) ids.Add(Encoding.ASCII.GetString(batch[index]));
        }

        return [.. ids];
    }
}
