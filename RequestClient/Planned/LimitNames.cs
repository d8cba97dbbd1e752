namespace RequestClient.Planned;

/// <summary>What the supervisor calls its limits (POST /limit).</summary>
internal static class LimitNames
{
    public const string Workers = "cpuCores";
    public const string Proxy = "proxyCpuCores";
    public const string Store = "storeCpuCores";
}
