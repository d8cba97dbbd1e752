using System.Text.Json;
using Blobs.TestSupport;

namespace BlobsServer.Tests.Processes;

/// <summary>--quota-kib: exact over processes, and true again after whatever happened.</summary>
[Trait("Needs", "quota")]
public sealed class QuotaTests
{
    private static readonly string[] Quota = ["--durability", "none", "--quota-kib", "100"];
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task The_last_byte_fits_and_one_more_does_not()
    {
        await using var server = await RunningServer.StartAsync(Quota);
        Assert.Equal(200, await PutAsync(server, "alice", "a", 60 * 1024));
        Assert.Equal(507, await PutAsync(server, "alice", "b", (40 * 1024) + 1));
        Assert.Equal(507, await PutAsync(server, "alice", "b", (40 * 1024) + 1, isChunked: true));
        Assert.Equal(200, await PutAsync(server, "alice", "b?namespace=other", 40 * 1024, isChunked: true));
        Assert.Equal(507, await PutAsync(server, "alice", "c", 1));
        Assert.Equal(507, await PutAsync(server, "alice", "empty", 0));
        Assert.Equal(409, await PutAsync(server, "alice", "a", 0));
        Assert.Equal(200, await PutAsync(server, "bob", "a", 100 * 1024));
        Assert.Equal(409, await PutAsync(server, "bob", "a", 0));
    }

    [Fact]
    public async Task Room_comes_back_after_deletes_failures_and_conflicts()
    {
        await using var server = await RunningServer.StartAsync(Quota);
        for (var round = 0; round < 3; round++)
        {
            using (var cut = await RawConnection.OpenAsync(server.Port))
            {
                await cut.SendAsync($"PUT /blobs/alice/cut HTTP/1.1\r\nHost: x\r\nContent-Length: {100 * 1024}\r\n\r\n");
                await cut.SendAsync(new byte[80 * 1024]);
                cut.FinishSending();
                Assert.NotEqual(200, await cut.ReadStatusAsync());
            }

            await Eventually.HoldsAsync(
                async () => await PutAsync(server, "alice", "a", 100 * 1024) == 200,
                () => "the cut upload keeps its room", Patience);
            Assert.Equal(409, await PutAsync(server, "alice", "a", 0));
            Assert.Equal(507, await PutAsync(server, "alice", "b", 1));
            (await server.Http.DeleteAsync("/blobs/alice/a")).Dispose();
        }
    }

    [Fact]
    public async Task Of_two_uploads_that_do_not_fit_together_the_first_to_end_is_stored()
    {
        await using var server = await RunningServer.StartAsync(Quota);
        using var slow = await RawConnection.OpenAsync(server.Port);
        await slow.SendAsync(
            $"PUT /blobs/alice/slow HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: {70 * 1024}\r\n\r\n");
        Assert.Equal(100, await slow.ReadStatusAsync());
        Assert.Equal(200, await PutAsync(server, "alice", "b", 40 * 1024));
        using var refused = await RawConnection.OpenAsync(server.Port);
        await refused.SendAsync(
            "PUT /blobs/alice/c HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 70000\r\n\r\n");
        Assert.Equal(507, await refused.ReadStatusAsync()); // known to fail now, so never 100
        await slow.SendAsync(new byte[70 * 1024]);
        Assert.Equal(507, await slow.ReadStatusAsync());
        Assert.Equal(200, await PutAsync(server, "alice", "c", 60 * 1024));
        Assert.Equal(100 * 1024, await BlobBytesAsync(server, "alice"));
    }

    [Fact]
    public async Task Empty_blobs_are_not_free()
    {
        await using var server = await RunningServer.StartAsync("--durability", "none", "--quota-kib", "3");
        for (var number = 0; number < 3; number++) Assert.Equal(200, await PutAsync(server, "alice", $"empty-{number}", 0));
        Assert.Equal(507, await PutAsync(server, "alice", "empty-3", 0));
    }

    /// <summary>A server without a quota counts nothing; what it did must not make the next count wrong.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Servers_without_a_quota_in_between_or_beside_do_not_make_the_count_wrong(bool isBeside)
    {
        using var directory = new TempDirectory();
        await using var counting = await RunningServer.StartAsync(directory["blobs"], Quota);
        Assert.Equal(200, await PutAsync(counting, "alice", "small", 10 * 1024));
        if (!isBeside)
        {
            counting.Process.Signal("KILL");
            await counting.Process.WaitForExitAsync();
        }
        await using (var careless = await RunningServer.StartAsync(directory["blobs"], ["--durability", "none"]))
        {
            if (isBeside)
            {
                // A count that was true when it was saved.
                Assert.Equal(200, await PutAsync(counting, "alice", "more", 1));
                (await counting.Http.DeleteAsync("/blobs/alice/more")).Dispose();
            }

            Assert.Equal(200, await PutAsync(careless, "alice", "large", 90 * 1024));
            if (isBeside) Assert.Equal(507, await PutAsync(counting, "alice", "more", 1));
            (await careless.Http.DeleteAsync("/blobs/alice/small")).Dispose();
        }

        await using var again = await RunningServer.StartAsync(directory["blobs"], Quota);
        Assert.Equal(507, await PutAsync(again, "alice", "b", (10 * 1024) + 1));
        Assert.Equal(200, await PutAsync(again, "alice", "b", 10 * 1024));
        (await again.Http.DeleteAsync("/blobs/alice/large")).Dispose();
        (await again.Http.DeleteAsync("/blobs/alice/b")).Dispose();
        Assert.Equal(507, await PutAsync(again, "alice", "c", (100 * 1024) + 1));
        Assert.Equal(200, await PutAsync(again, "alice", "c", 100 * 1024));
    }

    /// <summary>The file of the count cannot be written for a while, as on a disk that is read-only for a moment.</summary>
    [Trait("Store", "disk")]
    [Fact]
    public async Task While_the_count_cannot_be_kept_nothing_is_stored_and_nothing_leaks()
    {
        await using var server = await RunningServer.StartAsync(Quota);
        Assert.Equal(200, await PutAsync(server, "alice", "a", 40 * 1024));
        var count = Path.Combine(server.DataDirectory, ".blobs/quota/alice");
        var (status, _, error) = await ChildProcess.RunAsync("chattr", ["+i", count]);
        Assert.SkipUnless(status == 0, $"no immutable files here: {error}");
        try
        {
            for (var tries = 0; tries < 3; tries++) Assert.Equal(500, await PutAsync(server, "alice", "b", 60 * 1024));
            using var delete = await server.Http.DeleteAsync("/blobs/alice/a");
            Assert.Equal(500, (int)delete.StatusCode);
        }
        finally
        {
            await ChildProcess.RunAsync("chattr", ["-i", count]);
        }

        Assert.Equal(507, await PutAsync(server, "alice", "b", (60 * 1024) + 1));
        Assert.Equal(200, await PutAsync(server, "alice", "b", 60 * 1024));
    }

    [Trait("Store", "disk")]
    [Theory]
    [InlineData(".blobs/quota/alice", false)]
    [InlineData(".blobs/quota", true)]
    [InlineData(".blobs", true)]
    public async Task A_planted_link_leads_nobody_out_of_the_directory(string planted, bool isDirectory)
    {
        using var directory = new TempDirectory();
        await using var server = await RunningServer.StartAsync(directory["blobs"], Quota);
        var victim = Directory.CreateDirectory(directory["victim/quota"]).FullName;
        File.WriteAllText(Path.Combine(victim, "alice"), new string('v', 100));
        var link = directory[$"blobs/{planted}"];
        if (Directory.Exists(link)) Directory.Move(link, directory["moved"]);
        Directory.CreateDirectory(Path.GetDirectoryName(link)!);
        if (planted == ".blobs") Directory.CreateSymbolicLink(link, directory["victim"]);
        else if (isDirectory) Directory.CreateSymbolicLink(link, victim);
        else File.CreateSymbolicLink(link, Path.Combine(victim, "alice"));
        Assert.Equal(500, await PutAsync(server, "alice", "id", 10));
        Assert.Equal(new string('v', 100), File.ReadAllText(Path.Combine(victim, "alice")));
        Assert.Equal(["alice"], Directory.GetFileSystemEntries(victim).Select(Path.GetFileName));
        Assert.Equal(["quota"], Directory.GetFileSystemEntries(directory["victim"]).Select(Path.GetFileName));
    }

    [Fact]
    [Trait("Category", "Soak")]
    public async Task Raced_over_processes_it_is_never_exceeded_and_filled_to_the_last_blob()
    {
        const int Racers = 64;
        const int Fitting = 10;
        var processes = SoakSize.Of(normal: 3, soak: 8);
        var rounds = SoakSize.Of(normal: 2, soak: 100);
        using var directory = new TempDirectory();
        await using var servers = await ServerFleet.StartAsync(directory["blobs"], processes, Quota);
        for (var round = 0; round < rounds; round++)
        {
            var user = $"user-{round}";
            var statuses = await Task.WhenAll(Enumerable.Range(0, Racers).Select(racer =>
                PutAsync(servers[racer], user, $"r{racer}", 10 * 1024, isChunked: racer % 3 == 0)));
            Assert.Equal(Racers - Fitting, statuses.Count(status => status == 507));
            Assert.Equal(Fitting, statuses.Count(status => status == 200));
            Assert.Equal(100 * 1024, await BlobBytesAsync(servers[0], user));
        }

        SoakSize.Report(
            $"{Racers} PUTs for {Fitting} places over {processes} ports, {rounds} rounds: all places taken, none twice");
    }

    /// <summary>Blobs come and go through all processes, and are counted on the disk at every moment.</summary>
    [Trait("Store", "disk")]
    [Fact]
    [Trait("Category", "Soak")]
    public async Task While_blobs_come_and_go_the_disk_never_holds_more()
    {
        var processes = SoakSize.Of(normal: 3, soak: 8);
        var operations = SoakSize.Of(normal: 50, soak: 1_000);
        using var directory = new TempDirectory();
        await using var servers = await ServerFleet.StartAsync(directory["blobs"], processes, Quota);
        var (stored, refused, most) = (0, 0, 0L);
        var clients = Enumerable.Range(0, processes * 2).Select(async client =>
        {
            var random = new Random(client);
            for (var number = 0; number < operations; number++)
            {
                var id = $"c{client}-{number}";
                var status = await PutAsync(
                    servers[random.Next(processes)], "alice", id, random.Next(40 * 1024), random.Next(2) == 0);
                Assert.Contains(status, new[] { 200, 507 });
                if (status == 507) Interlocked.Increment(ref refused);
                else Interlocked.Increment(ref stored);
                if (status == 200) (await servers[random.Next(processes)].Http.DeleteAsync($"/blobs/alice/{id}")).Dispose();
            }
        }).ToArray();
        var all = Task.WhenAll(clients);
        while (!all.IsCompleted)
        {
            most = Math.Max(most, BlobBytesAtOneMoment(servers[0], "alice"));
            await Task.WhenAny(all, Task.Delay(5));
        }

        await all;
        Assert.InRange(most, 0, 100 * 1024);
        Assert.True(stored > 0);
        Assert.Equal(200, await PutAsync(servers[0], "alice", "whole", 100 * 1024));
        SoakSize.Report(
            $"{stored} stored and deleted, {refused} refused over {processes} ports: at most {most} of {100 * 1024} bytes seen");
    }

    [Fact]
    public async Task What_a_killed_process_was_uploading_is_free_and_what_it_stored_counts()
    {
        using var directory = new TempDirectory();
        await using var survivor = await RunningServer.StartAsync(directory["blobs"], Quota);
        await using (var killed = await RunningServer.StartAsync(directory["blobs"], Quota))
        {
            Assert.Equal(200, await PutAsync(killed, "alice", "a", 30 * 1024));
            using var hanging = await RawConnection.OpenAsync(killed.Port);
            await hanging.SendAsync(
                $"PUT /blobs/alice/hanging HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: {70 * 1024}\r\n\r\n");
            Assert.Equal(100, await hanging.ReadStatusAsync());
            await hanging.SendAsync(new byte[66 * 1024]);
            killed.Process.Signal("KILL");
            await killed.Process.WaitForExitAsync();
        }

        Assert.Equal(507, await PutAsync(survivor, "alice", "b", (70 * 1024) + 1));
        Assert.Equal(200, await PutAsync(survivor, "alice", "b", 70 * 1024));
        Assert.Equal(100 * 1024, await BlobBytesAsync(survivor, "alice"));
    }

    private static async Task<int> PutAsync(RunningServer server, string user, string id, int size, bool isChunked = false)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, $"/blobs/{user}/{id}");
        request.Content = new ByteArrayContent(new byte[size]);
        request.Headers.TransferEncodingChunked = isChunked;
        using var answer = await server.Http.SendAsync(request);
        return (int)answer.StatusCode;
    }

    private static async Task<long> BlobBytesAsync(RunningServer server, string user)
    {
        var ids = JsonSerializer.Deserialize<string[]>(await server.Http.GetStringAsync($"/blobs/{user}"))!;
        var sizes =
            await Task.WhenAll(ids.Select(async id => (await server.Http.GetByteArrayAsync($"/blobs/{user}/{id}")).LongLength));
        return sizes.Sum();
    }

    /// <summary>
    /// What lay on the disk at one moment, though a directory is read bit by bit: ids are never used twice, so whatever two
    /// looks have in common was there between them.
    /// </summary>
    private static long BlobBytesAtOneMoment(RunningServer server, string user) =>
        Sizes(server, user).ToArray().Intersect(Sizes(server, user)).Sum(blob => blob.SizeBytes);

    private static IEnumerable<(string Path, long SizeBytes)> Sizes(RunningServer server, string user)
    {
        var directory = new DirectoryInfo(Path.Combine(server.DataDirectory, user));
        if (!directory.Exists) yield break;
        foreach (var file in directory.EnumerateFiles("*", SearchOption.AllDirectories))
        {
            file.Refresh();
            if (file.Exists) yield return (file.FullName, file.Length); // its attributes were all read at once
        }
    }
}
