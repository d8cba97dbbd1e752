using MultiProc.Configuration;

namespace MultiProc.Control;

/// <summary>
/// The body of POST /limit: cores that each worker (cpuCores), the store and the proxy may use. What is absent stays as it
/// is, null takes the limit away. Its answer has all three, as the kernel has them.
/// </summary>
internal static class LimitBody
{
    public const string Workers = "cpuCores";
    public const string Store = "storeCpuCores";
    public const string Proxy = "proxyCpuCores";

    public const string Example = "{\"cpuCores\":0.1,\"storeCpuCores\":0.7,\"proxyCpuCores\":null}: "
        + "cores from 0.01 to 4096, or null for no limit";

    public static bool IsRight(IReadOnlyDictionary<string, double?> body) =>
        body.All(field => field.Key is Workers or Store or Proxy
            && field.Value is null or (>= ComponentLimits.LeastCores and <= ComponentLimits.MostCores));

    /// <summary>The limits that there are, with what a body that is right asks for.</summary>
    public static ComponentLimits Apply(IReadOnlyDictionary<string, double?> body, ComponentLimits limits) => new()
    {
        WorkerCores = body.TryGetValue(Workers, out var worker) ? worker : limits.WorkerCores,
        StoreCores = body.TryGetValue(Store, out var store) ? store : limits.StoreCores,
        ProxyCores = body.TryGetValue(Proxy, out var proxy) ? proxy : limits.ProxyCores,
    };
}

/// <summary>The answer to POST /limit: what is in force; of workers, the first one's.</summary>
internal sealed record LimitsInForce(double? CpuCores, double? StoreCpuCores, double? ProxyCpuCores);
