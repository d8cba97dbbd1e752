using System.Text.Json;
using MultiProc.Configuration;

namespace MultiProc.Control;

/// <summary>
/// The body of POST /limit: cores that each worker (cpuCores), the store and the proxy may use. What is absent stays as it
/// is, null takes the limit away. Its answer has all three, as the kernel has them.
/// </summary>
internal static class LimitBody
{
    public const double LeastCores = 0.01;
    public const double MostCores = 4096;

    public const string Workers = "cpuCores";
    public const string Store = "storeCpuCores";
    public const string Proxy = "proxyCpuCores";

    public const string Example = "{\"cpuCores\":0.1,\"storeCpuCores\":0.7,\"proxyCpuCores\":null}: "
        + "cores from 0.01 to 4096, or null for no limit";

    /// <summary>What a body asks for, to be applied to the limits that there are; null when it is not understood.</summary>
    public static Func<ComponentLimits, ComponentLimits>? Parse(JsonElement body)
    {
        if (body.ValueKind != JsonValueKind.Object) return null;
        Func<ComponentLimits, ComponentLimits> change = limits => limits;
        foreach (var field in body.EnumerateObject())
        {
            double? cores = null;
            if (field.Value.ValueKind == JsonValueKind.Number) cores = field.Value.GetDouble();
            else if (field.Value.ValueKind != JsonValueKind.Null) return null;
            if (cores is < LeastCores or > MostCores) return null;
            var before = change;
            switch (field.Name)
            {
                case Workers: change = limits => before(limits) with { WorkerCores = cores }; break;
                case Store: change = limits => before(limits) with { StoreCores = cores }; break;
                case Proxy: change = limits => before(limits) with { ProxyCores = cores }; break;
                default: return null;
            }
        }

        return change;
    }
}

/// <summary>The answer to POST /limit: what is in force; of workers, the first one's.</summary>
internal sealed record LimitsInForce(double? CpuCores, double? StoreCpuCores, double? ProxyCpuCores);
