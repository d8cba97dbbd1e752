using System.Globalization;
using System.Net;
using Blobs.TestSupport;
using Npgsql;
using StoreClients;
using StoreClients.Tarantool;

namespace Dialogs.Tests;

/// <summary>A long dialog is read in pages while others write in it: none twice, none missing.</summary>
public sealed class PagesTests(RunningStores stores)
{
    private const int Writers = 4;

    private static readonly int Messages = SoakSize.Of(normal: 20_000, soak: 100_000);

    [Theory]
    [Trait("Category", "Soak")]
    [InlineData("tarantool")]
    [InlineData("postgresql")]
    public async Task ManyMessages_PagedWhileOthersWrite_NoneTwiceNoneMissing(string name)
    {
        var url = (await stores.OfAsync(name)).Url;
        var processes = await stores.ServicesAsync(2, "Dialogs", name, Keys.Option);
        var (one, other) = (new Client(), new Client());
        await FillAsync(url, one.User, other.User);
        var (isOver, written) = (false, 0);
        var writing = Enumerable.Range(0, Writers).Select(writer => Task.Run(async () =>
        {
            while (!Volatile.Read(ref isOver))
            {
                var (status, _) = await (writer % 2 == 0 ? one : other)
                    .SendAsync(processes[writer], writer % 2 == 0 ? other.User : one.User, "new");
                Assert.Equal(HttpStatusCode.Created, status);
                Interlocked.Increment(ref written);
            }
        })).ToArray();
        await Eventually.HoldsAsync(() => Volatile.Read(ref written) > 50, () => "nobody writes", TimeSpan.FromSeconds(30));
        var listed = await one.ListAllAsync(processes[0], other.User);
        Volatile.Write(ref isOver, true);
        await Task.WhenAll(writing);

        Assert.Equal(listed.Count, listed.Select(message => message.Id).Distinct().Count());
        Assert.Equal(
            Enumerable.Range(1, Messages).Reverse(),
            listed.Where(message => message.Text != "new").Select(
                message => int.Parse(message.Text, CultureInfo.InvariantCulture)));
        Assert.InRange(listed.Count - Messages, 50, written);
        Assert.True(listed.Zip(listed.Skip(1)).All(two => two.First.CreatedAt >= two.Second.CreatedAt), "not the newest first");
        SoakSize.Report($"{name}: {Messages} messages in pages, each once, while {written} were written");
        // What was written meanwhile is there as well, for who asks afterwards.
        Assert.Equal(Messages + written, (await other.ListAllAsync(processes[1], one.User)).Count);
    }

    [Theory]
    [InlineData("tarantool")]
    [InlineData("postgresql")]
    public async Task Pages_EndWithTheirDialog(string name)
    {
        var processes = await stores.ServicesAsync(1, "Dialogs", name, Keys.Option);
        var peers = Enumerable.Range(0, 5).Select(_ => Guid.NewGuid()).ToArray();
        var user = new Client();
        foreach (var peer in peers)
        {
            for (var index = 0; index < 7; index++) await user.SendAsync(processes[0], peer, $"{peer} {index}");
        }

        foreach (var peer in peers)
        {
            var wanted = Enumerable.Range(0, 7).Reverse().Select(index => $"{peer} {index}").ToArray();
            foreach (var limit in (int[])[1, 3, 7, 50])
            {
                Assert.Equal(wanted, (await user.ListAllAsync(processes[0], peer, limit)).Select(message => message.Text));
            }
        }
    }

    /// <summary>
    /// In PostgreSQL several have the same microsecond, as those of several connections may; Tarantool's are all different.
    /// </summary>
    private static async Task FillAsync(string storeUrl, Guid from, Guid to)
    {
        var url = StoreUrl.Parse(storeUrl);
        var (first, second) = from.CompareTo(to) <= 0 ? (from, to) : (to, from);
        if (url.Kind == StoreKind.Tarantool)
        {
            using var tarantool = new TarantoolClient(url, new TarantoolSchema(
                $"""
                local uuid = require('uuid')
                local first, second, from = uuid.fromstr('{first}'), uuid.fromstr('{second}'), uuid.fromstr('{from}')
                box.begin()
                for text = 1, {Messages} do dialogs_send(first, second, uuid.new(), from, nil, tostring(text)) end
                box.commit()
                """), TimeSpan.FromSeconds(30));
            await tarantool.PingAsync(CancellationToken.None);
            return;
        }

        await using var source = NpgsqlDataSource.Create($"Host={url.Host};Port={url.Port};Username=postgres;Database=postgres");
        await using var fill = source.CreateCommand(
            $"""
            INSERT INTO messages SELECT '{first}', '{second}', (extract(epoch FROM now()) * 1000000)::bigint + i / 3,
                lpad(to_hex(i), 32, '0')::uuid, '{from}', NULL, convert_to(i::text, 'UTF8') FROM generate_series(1, {Messages}) AS i
            """);
        await fill.ExecuteNonQueryAsync();
    }
}
