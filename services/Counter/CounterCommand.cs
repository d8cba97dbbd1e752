using System.CommandLine;
using Counter.Endpoints;
using Counter.Numbers;
using Counter.Stores;
using ServiceDefaults;

namespace Counter;

/// <summary>The command line: Counter PORT --store URL [--limit N] [--racy].</summary>
internal static class CounterCommand
{
    private const long DefaultLimit = 100;

    // Numbers beyond are not exact in Lua, which counts for Redis and Tarantool.
    private const long MaxLimit = 1L << 53;

    private static readonly Option<long> Limit = new("--limit")
    {
        Description = $"The last number that is granted; 0 for no end; {DefaultLimit} unless said otherwise.",
        CustomParser = ServiceArguments.Number("--limit", 0, MaxLimit),
        DefaultValueFactory = _ => DefaultLimit,
        HelpName = "N",
    };

    private static readonly Option<bool> Racy = new("--racy")
    {
        Description = "Read the number, then write the next one, as the original did: to show what goes wrong.",
    };

    public static ServiceCommand<ICounterStore> Create()
    {
        var command = new ServiceCommand<ICounterStore>(
            "Counter",
            """
            Grants the numbers from 1 to a limit, each once, to any number of processes that share a store.

            Examples:
              Counter 8001 --store redis://127.0.0.1:8100
              Counter 8001 --store postgresql://postgres@127.0.0.1:8100/postgres --limit 0
              Counter reset --store redis://127.0.0.1:8100
            """,
            CounterStores.Open,
            (routes, store, parsed) =>
            {
                var limit = parsed.GetValue(Limit) is var value and > 0 ? value : (long?)null;
                var isRacy = parsed.GetValue(Racy);
                routes.MapCounter(
                    store, bound => isRacy ? new RacyNumbers(store, bound) : new GatheredNumbers(store, bound), limit);
            });
        command.Root.Add(Limit);
        command.Root.Add(Racy);
        return command;
    }
}
