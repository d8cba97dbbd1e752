using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;
using Blobs.TestSupport;
using BlobsServer.Tests.Faults;

namespace BlobsServer.Tests.Linearizability;

/// <summary>PUT, GET, DELETE and flags at the same ids through several processes: each id must have a possible history.</summary>
public sealed class StormTests
{
    private const int Processes = 4;
    private const int ClientsPerId = 6;
    private const int OperationsPerClient = Checker.MaxOperations / ClientsPerId;

    [Theory]
    [Trait("Category", "Soak")]
    [InlineData("none")]
    [InlineData("always")]
    public async Task Every_ids_history_over_four_processes_is_linearizable(string durability)
    {
        var ids = SoakSize.Of(normal: 60, soak: 2_000);
        await using var servers = await ServerFleet.SharedAsync(Processes, "--durability", durability);
        var operations = 0;
        await Parallel.ForEachAsync(Enumerable.Range(0, ids), new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (id, _) =>
        {
            var history = await RaceAsync(number => servers[number], $"/blobs/{servers.User}/id-{id}", seed: id);
            Assert.True(Checker.IsLinearizable(history), Describe(history));
            Interlocked.Add(ref operations, history.Length);
        });
        SoakSize.Report(
            $"{operations} operations on {ids} ids over {Processes} processes, durability {durability}: linearizable");
    }

    /// <summary>One of the processes is broken on purpose: a system call does nothing and says that all went well.</summary>
    [Theory]
    [Trait("Store", "disk")]
    [InlineData("linkat:retval=0")]
    [InlineData("unlinkat:retval=0")]
    [InlineData("renameat:retval=0")]
    public async Task A_store_that_is_broken_on_purpose_is_caught(string breakage)
    {
        using var directory = new TempDirectory();
        string[] options = ["--durability", "none"];
        await using var sound = await RunningServer.StartAsync(directory["blobs"], options);
        await using var broken = await StracedServer.StartAsync(directory["blobs"], [breakage], options);
        const int Ids = 200;
        var id = 0;
        while (id < Ids && Checker.IsLinearizable(await RaceAsync(n => n % 2 == 0 ? sound : broken, $"/blobs/alice/id-{id}", seed: id))) id++;
        Assert.True(id < Ids, $"{Ids} histories were accepted");
    }

    private static async Task<Operation[]> RaceAsync(Func<int, RunningServer> choose, string path, int seed)
    {
        var history = new ConcurrentBag<Operation>();
        await Task.WhenAll(Enumerable.Range(0, ClientsPerId).Select(async client =>
        {
            var random = new Random((seed * ClientsPerId) + client);
            for (var number = 0; number < OperationsPerClient; number++)
            {
                var server = choose(random.Next(Processes));
                history.Add(await DoAsync(server, path, random, $"{client}.{number}"));
            }
        }));
        return [.. history.OrderBy(operation => operation.CalledAt)];
    }

    private static async Task<Operation> DoAsync(RunningServer server, string path, Random random, string unique)
    {
        string[] flags = ["PENDING", "PROCESSING", "PROCESSED", "FAILED"];
        var flag = flags[random.Next(flags.Length)];
        return random.Next(8) switch
        {
            0 or 1 => await SendAsync(OperationKind.Put, unique, () => server.PutAsync(path, Encoding.ASCII.GetBytes(unique))),
            2 => await SendAsync(OperationKind.Delete, null, () => server.Http.DeleteAsync(path)),
            3 => await SendAsync(OperationKind.SetFlag, flag, () => server.PostAsync(path, $"[\"{flag}\"]")),
            4 or 5 => await SendAsync(OperationKind.GetFlag, null, () => server.Http.GetAsync($"{path}?only_flags=True")),
            _ => await SendAsync(OperationKind.Get, null, () => server.Http.GetAsync(path)),
        };
    }

    private static async Task<Operation> SendAsync(OperationKind kind, string? value, Func<Task<HttpResponseMessage>> send)
    {
        var calledAt = Stopwatch.GetTimestamp();
        using var answer = await send();
        var text = await answer.Content.ReadAsStringAsync();
        var returnedAt = Stopwatch.GetTimestamp();
        var succeeded = answer.StatusCode == HttpStatusCode.OK;
        var expectedFailure = kind == OperationKind.Put ? HttpStatusCode.Conflict : HttpStatusCode.NotFound;
        Assert.True(succeeded || answer.StatusCode == expectedFailure, $"{kind}: {(int)answer.StatusCode} {text}");
        if (succeeded && kind == OperationKind.Get) value = text;
        if (succeeded && kind == OperationKind.GetFlag) value = text == "[]" ? null : text.Trim('[', ']', '"');
        return new Operation(kind, value, succeeded, calledAt, returnedAt);
    }

    private static string Describe(Operation[] history)
    {
        var start = history[0].CalledAt;
        return "no order is possible:\n" + string.Join('\n', history.Select(operation => string.Create(
            CultureInfo.InvariantCulture,
            $"{operation.CalledAt - start,12} .. {operation.ReturnedAt - start,12} {operation.Kind} {operation.Value ?? "-"} "
            + $"{(operation.Succeeded ? "ok" : "no")}")));
    }
}
