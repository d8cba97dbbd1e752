using System.Runtime.InteropServices;
using StudyResults;

namespace RequestClient.Metering;

/// <summary>Describes the machine without naming it.</summary>
internal static class Machine
{
    private const string KernelRelease = "/proc/sys/kernel/osrelease";

    public static MachineRecord Describe() => new()
    {
        CpuModel = Value("/proc/cpuinfo", "model name", ':') ?? RuntimeInformation.ProcessArchitecture.ToString(),
        Cores = Processors.Online,
        MemoryMiB = (Kibibytes(Value("/proc/meminfo", "MemTotal", ':')) ?? 0) / 1024,
        OperatingSystem = Value("/etc/os-release", "PRETTY_NAME", '=')?.Trim('"') ?? RuntimeInformation.OSDescription,
        Kernel = File.Exists(KernelRelease) ? File.ReadAllText(KernelRelease).Trim() : Environment.OSVersion.VersionString,
        Runtime = RuntimeInformation.FrameworkDescription,
    };

    private static string? Value(string file, string name, char separator)
    {
        if (!File.Exists(file)) return null;
        return File.ReadLines(file)
            .Select(line => line.Split(separator, 2))
            .FirstOrDefault(pair => pair.Length == 2 && pair[0].Trim() == name)?[1].Trim();
    }

    private static long? Kibibytes(string? text) =>
        long.TryParse(text?.Split(' ')[0], out var kibibytes) ? kibibytes : null;
}
