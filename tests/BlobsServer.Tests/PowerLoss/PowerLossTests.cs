using System.Collections.Concurrent;
using System.Net;
using Blobs.TestSupport;

namespace BlobsServer.Tests.PowerLoss;

/// <summary>
/// The power goes, at many moments of a run: whatever was acknowledged by then is there, whole, on every disk that may be
/// left. The controls acknowledge without syncing, and must be caught.
/// </summary>
public sealed class PowerLossTests
{
    private const int Together = 32; // so many sync together, and the last of them one by one
    private const int OneByOne = 8;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    [Theory]
    [Trait("Category", "Soak")]
    [InlineData("journal", Together)]
    [InlineData("journal", OneByOne)]
    [InlineData("files", Together)]
    [InlineData("files", OneByOne)]
    public async Task What_was_acknowledged_survives_a_power_cut_at_any_moment(string way, int clients)
    {
        var (lost, operations, images) = await CutAsync(["--sync", way], clients, wrapper: null);
        SoakSize.Report(
            $"{way}, {clients} clients: {images} power cuts in {operations} acknowledged operations: {lost.Count} lost");
        Assert.Empty(lost);
    }

    [Fact]
    [Trait("Category", "Soak")]
    public async Task Without_durability_a_power_cut_is_seen_to_lose()
    {
        var (lost, operations, images) = await CutAsync(["--durability", "none"], Together, wrapper: null);
        SoakSize.Report($"control, none: {images} power cuts in {operations} acknowledged operations: {lost.Count} lost");
        Assert.NotEmpty(lost);
    }

    /// <summary>
    /// A server that believes it syncs: strace answers for the kernel. Files are synced with fdatasync (journal:
    /// sync_file_range), directories with fsync (journal: the commit), all together with syncfs. In full size only: whether
    /// a few hundred operations lose anything depends on who happens to wait together, and what else commits the journal.
    /// </summary>
    [Theory(Skip = "full size: set BLOBS_SOAK=1", SkipType = typeof(SoakSize), SkipUnless = nameof(SoakSize.IsSoak))]
    [Trait("Category", "Soak")]
    [InlineData("files", OneByOne, "fdatasync")]
    [InlineData("files", OneByOne, "fsync")]
    [InlineData("files", Together, "syncfs")]
    [InlineData("journal", OneByOne, "sync_file_range")]
    [InlineData("journal", OneByOne, "fsync")]
    [InlineData("journal", Together, "fsync")]
    public async Task Syncs_that_are_left_out_are_seen_to_lose(string way, int clients, string call)
    {
        string[] strace =
            ["strace", "-f", "--seccomp-bpf", "-qq", "-o", "/dev/null", "-e", $"trace={call}", "-e", $"inject={call}:retval=0"];
        var (lost, operations, images) = await CutAsync(["--sync", way], clients, strace, untilLost: true);
        SoakSize.Report(
            $"control, {way} without {call}: {images} power cuts in {operations} acknowledged operations: {lost.Count} lost");
        Assert.NotEmpty(lost);
    }

    private static async Task<(List<string> Lost, int Operations, int Images)> CutAsync(
        string[] options, int clients, string[]? wrapper, bool untilLost = false)
    {
        var operations = SoakSize.Of(normal: 200, soak: 2_000);
        var cuts = SoakSize.Of(normal: 6, soak: 40) * (untilLost ? 5 : 1);
        await using var system = await LoggedFileSystem.MountAsync();
        var first = system.Disk.Position;
        var blobs = new ConcurrentBag<AcknowledgedBlob>();
        await using (var server = await RunningServer.StartAsync(Path.Combine(system.MountPoint, "blobs"), options, wrapper))
        {
            var acknowledged = 0;
            await Task.WhenAll(Enumerable.Range(0, clients).Select(async client =>
            {
                for (var number = 0; Volatile.Read(ref acknowledged) < operations; number++)
                {
                    var blob = new AcknowledgedBlob($"{client:x}{number:x}-{client}-{number}-id");
                    blobs.Add(blob);
                    Interlocked.Add(ref acknowledged, await LiveAsync(server, system.Disk, blob, number));
                }
            })).WaitAsync(Patience);
        }

        var random = new Random(1);
        var lost = new List<string>();
        var last = system.Disk.Position;
        for (var cut = 0; cut < cuts && !(untilLost && lost.Count > 0); cut++)
        {
            // The first is at the end: what was acknowledged since the disk was last written to is missed there only.
            var position = cut == 0 ? last : random.Next(first + ((last - first) / 10), last);
            // The cache had written back nothing, everything, or whatever it liked.
            Func<bool> isWrittenBack = (cut % 3) switch { 0 => () => false, 1 => () => true, _ => () => random.Next(2) == 0 };
            await system.LookAfterCutAsync(position, isWrittenBack, left =>
            {
                foreach (var blob in blobs)
                {
                    if (blob.Judge(Path.Combine(left, "blobs"), position) is { } wrong) lost.Add($"cut at {position}: {wrong}");
                }
            });
        }

        return (lost, blobs.Sum(
            blob => new[] { blob.StoredAt, blob.FlaggedAt, blob.DeletedAt }.Count(at => at is not null)), cuts);
    }

    /// <summary>PUT, for every third a flag, for every fifth DELETE; how many were acknowledged.</summary>
    private static async Task<int> LiveAsync(RunningServer server, LoggedDisk disk, AcknowledgedBlob blob, int number)
    {
        using (var put = await server.PutAsync($"/blobs/alice/{blob.Id}", blob.Body))
        {
            Assert.Equal(HttpStatusCode.OK, put.StatusCode);
            blob.StoredAt = disk.Position;
        }

        var count = 1;
        if (number % 3 == 0)
        {
            using var post = await server.PostAsync($"/blobs/alice/{blob.Id}", AcknowledgedBlob.Flags);
            Assert.Equal(HttpStatusCode.OK, post.StatusCode);
            blob.FlaggedAt = disk.Position;
            count++;
        }

        if (number % 5 == 0)
        {
            blob.DeletingFrom = disk.Position;
            using var delete = await server.Http.DeleteAsync($"/blobs/alice/{blob.Id}");
            Assert.Equal(HttpStatusCode.OK, delete.StatusCode);
            blob.DeletedAt = disk.Position;
            count++;
        }

        return count;
    }
}
