using System.CommandLine;
using System.CommandLine.Parsing;
using System.Net;
using StoreClients;

namespace ServiceDefaults;

/// <summary>
/// The command line of a service: NAME PORT --store URL, with whatever options it adds, and NAME reset --store URL.
/// </summary>
/// <typeparam name="TStore">The service's interface to its store.</typeparam>
public sealed class ServiceCommand<TStore> where TStore : IServiceStore
{
    private const int BadUsage = 2;

    private readonly Argument<int> _port = new("PORT")
    {
        Description = "The TCP port to listen on.",
        CustomParser = ServiceArguments.Port,
    };

    private readonly Option<StoreUrl?> _store;

    private readonly Option<IPAddress?> _host = new("--host")
    {
        Description = "The address to listen on; 127.0.0.1 unless said otherwise.",
        CustomParser = ServiceArguments.Address,
        HelpName = "ADDRESS",
    };

    private readonly Option<LogFormat> _log = new("--log")
    {
        Description = "A line for each request on the standard output: json or none (the default).",
        CustomParser = ServiceArguments.Log,
        HelpName = "json|none",
    };

    private readonly string _name;
    private readonly StoreKind[] _kinds;
    private readonly Func<StoreUrl, TStore> _open;

    /// <param name="name">The program's name.</param>
    /// <param name="description">For --help: what it does, and examples.</param>
    /// <param name="open">A client of the store that a URL leads to; nothing is sent yet.</param>
    /// <param name="map">The service's endpoints, with the values of its own options.</param>
    /// <param name="kinds">The stores that it can be kept in; none: any.</param>
    public ServiceCommand(
        string name,
        string description,
        Func<StoreUrl, TStore> open,
        Action<IEndpointRouteBuilder, TStore, ParseResult> map,
        params StoreKind[] kinds)
    {
        (_name, _open, _kinds) = (name, open, kinds.Length == 0 ? Enum.GetValues<StoreKind>() : kinds);
        _store = StoreOption();
        Reset = NewReset();
        Root = new RootCommand(description) { _port, _store, _host, _log, Reset };
        Root.SetAction((parsed, _) =>
        {
            var options = new ServiceOptions
            {
                Port = parsed.GetRequiredValue(_port),
                Host = parsed.GetValue(_host) ?? IPAddress.Loopback,
                Store = parsed.GetRequiredValue(_store)!,
                Log = parsed.GetValue(_log),
            };
            return new Service(name, options).RunAsync(open(options.Store), (routes, store) => map(routes, store, parsed));
        });
    }

    /// <summary>For options and commands of the service's own.</summary>
    public RootCommand Root { get; }

    /// <summary>For options of <see cref="Fill"/>.</summary>
    public Command Reset { get; }

    /// <summary>What reset does with the store once it is empty; null: nothing.</summary>
    public Func<TStore, ParseResult, CancellationToken, Task>? Fill { get; set; }

    /// <summary>Parses and runs; the exit status: 0 done, 1 failed, 2 bad usage, 130 or 143 after a signal.</summary>
    public async Task<int> RunAsync(string[] args)
    {
        var parsed = Root.Parse(args);
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors) await Console.Error.WriteLineAsync($"{_name}: {error.Message}");
            await Console.Error.WriteLineAsync($"{_name}: see {_name} --help");
            return BadUsage;
        }

        // Help would show it with the other commands too, which take none.
        _port.Hidden = parsed.CommandResult.Command != Root;
        // Signals are the service's own business (it drains), and exceptions that reach this point are bugs.
        var invocation = new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null };
        return await parsed.InvokeAsync(invocation);
    }

    private Command NewReset()
    {
        var store = StoreOption();
        var reset = new Command("reset", "Empties the store, also while processes serve from it.") { store };
        reset.Validators.Add(result =>
        {
            var before = ((CommandResult)result.Parent!).Children;
            if (before.Any(child => child is ArgumentResult { Tokens.Count: > 0 } or OptionResult { Implicit: false }))
                result.AddError("reset takes no PORT, and options only behind it.");
        });
        reset.SetAction(async (parsed, cancellation) =>
        {
            var url = parsed.GetRequiredValue(store)!;
            await using var opened = _open(url);
            return await StoreStart.TryAsync(_name, url, async token =>
            {
                await opened.PrepareAsync(token);
                await opened.ResetAsync(token);
                if (Fill is not null) await Fill(opened, parsed, token);
            }, cancellation);
        });
        return reset;
    }

    private Option<StoreUrl?> StoreOption()
    {
        var schemes = string.Join(", ", _kinds.Select(kind => $"{kind.ToString().ToLowerInvariant()}://"));
        var store = new Option<StoreUrl?>("--store")
        {
            Description = $"The store, as stores/NAME prints it: {schemes}.",
            CustomParser = ServiceArguments.Store,
            Required = true,
            HelpName = "URL",
        };
        store.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && StoreUrl.TryParse(token.Value, out var url, out _) && !_kinds.Contains(url.Kind))
                result.AddError($"--store is '{url}': {_name} can be kept in {schemes} only.");
        });
        return store;
    }
}
