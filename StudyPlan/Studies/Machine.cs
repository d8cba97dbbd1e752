namespace StudyPlan.Studies;

/// <summary>The machine that a study runs on, in one line that names no host.</summary>
internal static class Machine
{
    public static string Describe() => FormattableString.Invariant(
        $"{CpuModel()}, {Environment.ProcessorCount} processors, Linux {File.ReadAllText("/proc/sys/kernel/osrelease").Trim()}");

    /// <summary>As RequestClient records it.</summary>
    public static string CpuModel() => File.ReadLines("/proc/cpuinfo")
        .Select(line => line.Split(':', 2))
        .FirstOrDefault(pair => pair.Length == 2 && pair[0].Trim() == "model name")?[1].Trim() ?? "unknown processor";
}
