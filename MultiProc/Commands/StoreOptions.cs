using System.Collections.Immutable;
using System.CommandLine;
using MultiProc.Configuration;

namespace MultiProc.Commands;

/// <summary>The options of the store that the workers share.</summary>
internal sealed class StoreOptions
{
    private readonly Option<string?> _store = new Option<string?>("--store")
    {
        Description = "A store that the workers share, such as 'stores/redis {dir} {storeport}': first up, last down; {store} in "
            + "COMMAND is the URL that it prints",
    }.NotEmpty();

    private readonly Option<int> _storePort = new Option<int>("--store-port")
    {
        Description = "The store's port; {storeport} in its command and in COMMAND",
        DefaultValueFactory = _ => 8100,
    }.From(1, 65535);

    public StoreOptions() => _store.Validators.Add(result =>
    {
        if (result.Tokens is [var token] && CommandWords.TrySplit(token.Value) is not { Length: > 0 })
            result.AddError($"--store is {token.Value}: pass a command such as 'stores/redis {{dir}} {{storeport}}'");
    });

    public IEnumerable<Option> Options => [_store, _storePort];

    /// <summary>Empty without a store.</summary>
    public ImmutableArray<string> ReadCommand(ParseResult parse) =>
        parse.GetValue(_store) is { } store ? CommandWords.TrySplit(store)!.Value : [];

    public int ReadPort(ParseResult parse) => parse.GetValue(_storePort);

    /// <summary>What no single option shows to be wrong.</summary>
    public static string? FindProblem(Settings settings)
    {
        if (settings.StoreCommand.IsEmpty)
        {
            return CommandTemplate.Mentions(
                settings.Command, CommandTemplate.Store) ? "the command mentions {store}: pass a --store"
                : settings.InitialLimits.StoreCores is not null ? "--store-cpu-limit needs a --store"
                : null;
        }

        if (settings.DataDirectory is null && CommandTemplate.Mentions(settings.StoreCommand, CommandTemplate.Directory))
            return "--dir DIR is needed: the store's command mentions {dir}";
        var isWorkers = Enumerable.Range(settings.FirstPort, settings.Procs).Contains(settings.StorePort);
        return isWorkers || (settings.UsesPort && settings.StorePort == settings.Port)
            ? $"--store-port {settings.StorePort} is a worker's or the way in's too: pass another"
            : null;
    }
}
