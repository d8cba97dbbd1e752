using System.CommandLine;
using ServiceDefaults;
using Stickers.Endpoints;
using Stickers.Signing;
using Stickers.Stores;
using Stickers.Stores.Naive;
using StoreClients;

namespace Stickers;

/// <summary>The command line: Stickers PORT --store URL [--naive] [--token-life TIME].</summary>
internal static class StickersCommand
{
    private const int DefaultLifeSeconds = 600;
    private const int MostLifeSeconds = 24 * 60 * 60;

    private static readonly Option<bool> IsNaive = new("--naive")
    {
        Description = "Ask the store nine times a page, as the original did: to show what round trips cost.",
    };

    private static readonly Option<long> LifeSeconds = new("--token-life")
    {
        Description = $"For how many seconds a page can be voted from; {DefaultLifeSeconds} unless said otherwise.",
        CustomParser = ServiceArguments.Number("--token-life", 1, MostLifeSeconds),
        DefaultValueFactory = _ => DefaultLifeSeconds,
        HelpName = "SECONDS",
    };

    public static ServiceCommand<IStickersStore> Create()
    {
        var command = new ServiceCommand<IStickersStore>(
            "Stickers",
            """
            A site where people vote for one of two stickers; any number of processes share a store.

            Examples:
              Stickers 8001 --store tarantool://service:service@127.0.0.1:8100
              Stickers 8001 --store postgresql://postgres@127.0.0.1:8100/postgres --naive
              Stickers reset --store tarantool://service:service@127.0.0.1:8100
            """,
            StickersStores.Open,
            (routes, store, parsed) =>
            {
                var time = TimeProvider.System;
                var seal = new Seal(store.Key);
                var tokens = new VoteTokens(seal, time, TimeSpan.FromSeconds(parsed.GetValue(LifeSeconds)));
                var sessions = new Sessions(seal);
                IPageReads reads = parsed.GetValue(IsNaive) ? new NaiveReads(store.Naive) : store;
                routes.MapPages(reads, store, tokens, sessions, time);
                routes.MapVotes(reads, store, tokens, sessions);
                routes.MapApi(store);
            },
            StoreKind.Tarantool,
            StoreKind.PostgreSql);
        command.Root.Add(IsNaive);
        command.Root.Add(LifeSeconds);
        return command;
    }
}
