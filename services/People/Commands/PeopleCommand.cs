using System.CommandLine;
using People.Contest;
using People.Endpoints;
using People.Stores;
using ServiceDefaults;
using StoreClients;

namespace People.Commands;

/// <summary>The command line: People PORT --store URL, People reset --store URL, People trace --seed S.</summary>
internal static class PeopleCommand
{
    /// <summary>What connecting and what a statement may take; a client waits no longer for a store that hangs.</summary>
    private static readonly TimeSpan StoreTimeout = TimeSpan.FromSeconds(5);

    public static ServiceCommand<IPeopleStore> Create()
    {
        var command = new ServiceCommand<IPeopleStore>(
            "People",
            """
            Registers people, each nickname once, and finds them again: the API of Rinha de Backend 2023.

            Examples:
              People 8001 --store postgresql://postgres@127.0.0.1:8100/postgres
              People reset --store postgresql://postgres@127.0.0.1:8100/postgres
              People trace --seed 1 > rinha.tsv
            """,
            url => new PostgreSqlPeople(url, StoreTimeout),
            (routes, store, _) => routes.MapPeople(store),
            StoreKind.PostgreSql); // people are searched by a part of a text, for which it has an index
        command.Root.Add(Trace());
        return command;
    }

    private static Command Trace()
    {
        var seed = ServiceArguments.Count("--seed", "The same seed makes the same load.", int.MinValue, int.MaxValue, usual: 1);
        var seconds = ServiceArguments.Count(
            "--ramp", "Seconds that the ramp takes; the contest's is 180, and a shorter one has fewer requests.",
            least: 1, most: 3600, ContestLoad.RampSeconds);
        var trace = new Command("trace", "Writes the contest's load, a request a line: tab-separated, with the second at which each is due.")
        {
            seed, seconds,
        };
        trace.SetAction(async (parsed, cancellation) =>
        {
            await using var output = new StreamWriter(Console.OpenStandardOutput(), bufferSize: 64 * 1024);
            await TraceText.WriteAsync(output, ContestLoad.Of(parsed.GetValue(seed), parsed.GetValue(seconds)), cancellation);
            return 0;
        });
        return trace;
    }
}
