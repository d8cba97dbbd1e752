using System.CommandLine;
using MultiProc.Configuration;

namespace MultiProc.Commands;

/// <summary>The options that limit processes.</summary>
internal sealed class LimitOptions
{
    private readonly Option<double?> _cpuLimit = new Option<double?>("--cpu-limit")
    {
        Description = "Cores that each worker may use, such as 0.1",
    }.From(ComponentLimits.LeastCores, ComponentLimits.MostCores);

    private readonly Option<double?> _storeCpuLimit = new Option<double?>("--store-cpu-limit")
    {
        Description = "Cores that the store may use",
    }.From(ComponentLimits.LeastCores, ComponentLimits.MostCores);

    private readonly Option<double?> _proxyCpuLimit = new Option<double?>("--proxy-cpu-limit")
    {
        Description = "Cores that HAProxy or nginx may use",
    }.From(ComponentLimits.LeastCores, ComponentLimits.MostCores);

    private readonly Option<int?> _memoryLimit = new Option<int?>("--memory-limit")
    {
        Description = "MiB that each worker may use",
    }.From(16, 1 << 30);

    public IEnumerable<Option> Options => [_cpuLimit, _storeCpuLimit, _proxyCpuLimit, _memoryLimit];

    public int? ReadMemoryMiB(ParseResult parse) => parse.GetValue(_memoryLimit);

    public ComponentLimits ReadInitial(ParseResult parse) => new()
    {
        WorkerCores = parse.GetValue(_cpuLimit),
        StoreCores = parse.GetValue(_storeCpuLimit),
        ProxyCores = parse.GetValue(_proxyCpuLimit),
    };
}
