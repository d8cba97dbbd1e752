using System.Collections.Immutable;
using System.CommandLine;
using System.CommandLine.Parsing;
using MultiProc.Configuration;
using StudyResults;

namespace MultiProc.Commands;

/// <summary>The options that bind processes to processors.</summary>
internal sealed class PlacementOptions
{
    private readonly Option<string?> _cpuAffinity = new("--cpu-affinity")
    {
        Description = "Processors, such as 0,2-3: each worker is bound to one of them in turn",
    };

    private readonly Option<string?> _pin = new("--pin")
    {
        Description = $"Processors that all workers, the proxy and the store are each bound to, such as {Placement.Example}",
    };

    public PlacementOptions()
    {
        _cpuAffinity.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && CpuList.Parse(token.Value) is null)
                result.AddError($"--cpu-affinity is {token.Value}: pass processors such as 0,2-3");
        });
        _pin.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && Placement.TryParse(token.Value) is null)
                result.AddError($"--pin is {token.Value}: pass processors such as {Placement.Example}");
        });
    }

    public IEnumerable<Option> Options => [_cpuAffinity, _pin];

    public void AddErrors(CommandResult result)
    {
        if (Options.All(option => result.GetResult(option) is not null))
            result.AddError("--pin and --cpu-affinity both bind workers to processors: pass one");
    }

    public (ImmutableArray<int> OneEach, Placement Placement) Read(ParseResult parse) => (
        parse.GetValue(_cpuAffinity) is { } list ? CpuList.Parse(list)!.Value : [],
        parse.GetValue(_pin) is { } pin ? Placement.TryParse(pin)! : new Placement());
}
