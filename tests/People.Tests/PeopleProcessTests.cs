using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json;
using Blobs.TestSupport;
using Npgsql;

namespace People.Tests;

/// <summary>The program on a real PostgreSQL, as many processes as there may be.</summary>
public sealed class PeopleProcessTests(RunningStores stores)
{
    private const int Processes = 8;
    private const int Searches = 20;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task OneNickname_64TimesOverEightProcesses_OneIsCreated()
    {
        var services = await stores.ServicesAsync(Processes, "People", "postgresql");
        var nickname = Fresh();
        var answers = await Task.WhenAll(Enumerable.Range(0, 64).Select(
            index => PostAsync(services[index], Person(nickname, $"Name {index}"))));
        Assert.Equal(1, answers.Count(answer => answer.Status == HttpStatusCode.Created));
        Assert.Equal(63, answers.Count(answer => answer.Status == HttpStatusCode.UnprocessableEntity));
        var location = answers.Single(answer => answer.Location is not null).Location!;
        // Whichever process is asked, the one who was created is there.
        foreach (var service in services)
            Assert.Contains(nickname, await service.Http.GetStringAsync(location), StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhatWasPosted_ComesBackInBothLanguages()
    {
        var service = await ServiceAsync();
        var nickname = Fresh();
        var (_, location) = await PostAsync(service, Person(nickname, "JOSÉ \"%_\\\" \U0001F600", "[\"C#\",\"\"]"));
        Assert.StartsWith("/pessoas/", location, StringComparison.Ordinal);
        var id = location!["/pessoas/".Length..];
        var portuguese = JsonDocument.Parse(await service.Http.GetStringAsync(location)).RootElement;
        var english = JsonDocument.Parse(await service.Http.GetStringAsync($"/users/{id}")).RootElement;
        Assert.Equal(
            (id, nickname, "JOSÉ \"%_\\\" \U0001F600", "1985-09-23"),
            (Text(portuguese, "id"), Text(portuguese, "apelido"), Text(portuguese, "nome"), Text(portuguese, "nascimento")));
        Assert.Equal((id, nickname, "1985-09-23"), (Text(english, "id"), Text(english, "nickname"), Text(english, "dob")));
        Assert.Equal(["C#", ""], english.GetProperty("stack").EnumerateArray().Select(element => element.GetString()));
        using var nobody = await service.Http.GetAsync($"/pessoas/{Guid.NewGuid()}");
        Assert.Equal(HttpStatusCode.NotFound, nobody.StatusCode);
    }

    [Fact]
    public async Task Search_PartOfAnyField_WhateverItsCaseAndSigns()
    {
        var service = await ServiceAsync();
        var mark = Fresh();
        await PostAsync(service, Person($"{mark}1", $"JOSÉ {mark} Ünlü"));
        await PostAsync(service, Person($"{mark}2", "x", $"[\"{mark}%_\\\\\",\"Rust\"]"));
        await PostAsync(service, Person($"{mark}3", "x"));
        Assert.Equal(3, await FoundAsync(mark));
        Assert.Equal(3, await FoundAsync(mark.ToUpperInvariant()));
        Assert.Equal(1, await FoundAsync($"josé {mark} ünlü"));
        Assert.Equal(1, await FoundAsync($"É {mark.ToUpperInvariant()} Ü"));
        Assert.Equal(1, await FoundAsync($"{mark}%_\\"));
        Assert.Equal(0, await FoundAsync($"{mark}_"));
        Assert.Equal(0, await FoundAsync($"%{mark}"));
        Assert.Equal(0, await FoundAsync($"{mark}2x"));
        Assert.Equal(0, await FoundAsync("\0"));
        foreach (var target in (string[])["/pessoas", "/pessoas?t=", "/users?x=1"])
        {
            using var answer = await service.Http.GetAsync(target);
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        }

        async Task<int> FoundAsync(string term)
        {
            var json = await service.Http.GetStringAsync($"/pessoas?t={Uri.EscapeDataString(term)}");
            return JsonDocument.Parse(json).RootElement.GetArrayLength();
        }
    }

    [Fact]
    public async Task Search_ManyPeople_ReadsTheIndexAndAtMostFifty()
    {
        await using var store = await RunningStore.StartAsync("postgresql");
        await using var source = NpgsqlDataSource.Create($"Host=127.0.0.1;Port={store.Port};Username=postgres;Database=postgres");
        await using (await RunningService.StartAsync("People", store.Url))
        {
        }

        var before = await ScansAsync(source);
        await using (var service = await RunningService.StartAsync("People", store.Url))
        {
            // A plan that is made while nobody is there costs nothing, whatever it is, and could be kept.
            for (var search = 0; search < Searches; search++) await service.Http.GetStringAsync("/users?t=n");
            await using (var fill = source.CreateCommand(
                """
                INSERT INTO people SELECT gen_random_uuid(), 'n' || i, md5(i::text), DATE '2000-01-01', NULL, 'n' || i || chr(31) || md5(i::text)
                FROM generate_series(1, 30000) AS i
                """))
            {
                await fill.ExecuteNonQueryAsync();
            }

            for (var search = 0; search < Searches; search++)
            {
                Assert.Equal(50, JsonDocument.Parse(await service.Http.GetStringAsync("/users?t=n")).RootElement.GetArrayLength());
                await service.Http.GetStringAsync("/users?t=abcdef");
            }
        }

        // A letter is no trigram: in the index it would be looked for from one end to the other. Of a word the table would be.
        Assert.Equal((before.Table + (2 * Searches), before.Index + Searches), await ScansAsync(source));

        await using var again = await RunningService.StartAsync("People", store.Url);
        Assert.Equal("30000", await again.Http.GetStringAsync("/contagem-pessoas"));
        Assert.Equal("30000", await again.Http.GetStringAsync("/users-count"));
    }

    /// <summary>How often the table and the index were read. A session's counts are told for certain only when it has ended.</summary>
    private static async Task<(long Table, long Index)> ScansAsync(NpgsqlDataSource source)
    {
        const string Others = "SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()";
        await using var others = source.CreateCommand(Others);
        await Eventually.HoldsAsync(
            async () => await others.ExecuteScalarAsync() is 0L, () => "the service has ended, its sessions have not", Patience);
        await using var scans = source.CreateCommand(
            """
            SELECT seq_scan, (SELECT idx_scan FROM pg_stat_user_indexes WHERE indexrelname = 'people_search')
            FROM pg_stat_user_tables WHERE relname = 'people'
            """);
        await using var row = await scans.ExecuteReaderAsync();
        await row.ReadAsync();
        return (row.GetInt64(0), row.GetInt64(1));
    }

    [Fact]
    [Trait("Category", "Soak")]
    public async Task RandomBodies_NeverAServerError()
    {
        var bodies = SoakSize.Of(normal: 3000, soak: 1_000_000);
        var service = await ServiceAsync();
        var random = new Random(11);
        var right = Encoding.UTF8.GetBytes(Person("somebody", "Ana", "[\"C#\"]"));
        var next = new ConcurrentQueue<byte[]>();
        await Parallel.ForEachAsync(Enumerable.Range(0, bodies), new ParallelOptions
        {
            MaxDegreeOfParallelism = 16,
        }, async (index, token) =>
        {
            byte[] body;
            lock (random)
            {
                body = [.. right.Take(random.Next(8) == 0 ? random.Next(right.Length) : right.Length)];
                for (var change = random.Next(6); change > 0 && body.Length > 0; change--)
                    body[random.Next(body.Length)] = (byte)random.Next(256);
            }

            using var content = new ByteArrayContent(body);
            using var answer = await service.Http.PostAsync("/pessoas", content, token);
            Assert.Contains((int)answer.StatusCode, (int[])[201, 400, 422]);
        });
        Assert.False(service.Process.HasExited);
    }

    [Fact]
    public async Task StoreIsKilledUnderLoad_EveryoneWhoWasCreatedIsThere()
    {
        await using var store = await RunningStore.StartAsync("postgresql", durability: "always");
        await using var service = await RunningService.StartAsync("People", store.Url);
        var created = new ConcurrentBag<string>();
        var isOver = false;
        var posting = Enumerable.Range(0, 8).Select(task => Task.Run(async () =>
        {
            for (var index = 0; !Volatile.Read(ref isOver); index++)
            {
                var (status, location) = await PostAsync(service, Person($"{task}-{index}", "x"));
                if (location is not null) created.Add(location);
                else if (status == HttpStatusCode.ServiceUnavailable) await Task.Delay(20);
                else Assert.Fail($"{status}");
            }
        })).ToArray();
        await Eventually.HoldsAsync(() => created.Count > 200, () => "too few were created", Patience);
        await store.KillServerAsync();
        var before = created.Count;
        await store.StartAgainAsync();
        await Eventually.HoldsAsync(() => created.Count > before + 200, () => "nobody is created after the restart", Patience);
        Volatile.Write(ref isOver, true);
        await Task.WhenAll(posting).WaitAsync(Patience);
        foreach (var location in created)
        {
            using var answer = await service.Http.GetAsync(location);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }
    }

    [Fact]
    public async Task Trace_IsWrittenToItsEnd()
    {
        var (exitCode, output, error) =
            await ChildProcess.RunAsync(Repository.Program("People"), ["trace", "--seed", "2", "--ramp", "2"]);
        Assert.Equal((0, ""), (exitCode, error));
        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("at\taction\tstatus\tperson\tnickname\tterm", lines[0]);
        Assert.Equal(95 + 606 + 50 + 106 + 50 + 46, lines.Length - 1);
    }

    [Fact]
    public async Task AnotherStore_IsRefusedAsBadUsage()
    {
        var (exitCode, _, error) =
            await ChildProcess.RunAsync(Repository.Program("People"), ["8001", "--store", "redis://127.0.0.1:1"]);
        Assert.Equal(2, exitCode);
        Assert.Contains("postgresql://", error, StringComparison.Ordinal);
    }

    private static string Fresh() => Guid.NewGuid().ToString("N")[..16];

    private static string Person(string nickname, string fullName, string stack = "null") =>
        $$"""{"apelido":{{JsonSerializer.Serialize(nickname)}},"nome":{{JsonSerializer.Serialize(fullName)}},"nascimento":"1985-09-23","stack":{{stack}}}""";

    private static string? Text(JsonElement person, string field) => person.GetProperty(field).GetString();

    private static async Task<(HttpStatusCode Status, string? Location)> PostAsync(RunningService service, string json)
    {
        using var content = new StringContent(json, Encoding.UTF8, "application/json");
        using var answer = await service.Http.PostAsync("/pessoas", content);
        return (answer.StatusCode, answer.Headers.Location?.ToString());
    }

    private Task<RunningService> ServiceAsync() => stores.ServiceAsync("People", "postgresql");
}
