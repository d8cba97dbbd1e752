using MultiProc.Configuration;
using MultiProc.Probing;
using MultiProc.Processes;
using MultiProc.WaysIn;
using StudyResults;

namespace MultiProc.Commands;

/// <summary>What would fail later, found first. Each problem is one line: what, and what to do.</summary>
internal static class Preflight
{
    public static async Task<string?> FindProblemAsync(Settings settings, CancellationToken cancellation) =>
        FindDirectoryProblem(settings)
        ?? FindAffinityProblem(settings)
        ?? FindCommandProblem(settings)
        ?? FindPortProblem(settings)
        ?? await WayInFactory.FindProblemAsync(settings, cancellation);

    private static string? FindDirectoryProblem(Settings settings) =>
        settings.DataDirectory is { } directory && FolderCheck.FindProblem(directory) is { } problem
            ? problem + "; make it writable or pass another --dir"
            : null;

    private static string? FindAffinityProblem(Settings settings)
    {
        var wanted = settings.Cpus.Concat(settings.Placement.All).ToList();
        if (wanted.Count == 0) return null;
        // Not Environment.ProcessorCount: a limit of processor time makes it smaller, and numbers need not begin at 0.
        if (ProcFile.AllowedCpus(Environment.ProcessId) is not { } list || CpuList.Parse(list) is not { } allowed) return null;
        var missing = wanted.Where(cpu => !allowed.Contains(cpu)).ToList();
        return missing.Count == 0
            ? null
            : $"processor {missing[0]} is not there for us: pass numbers of {list} to --pin or --cpu-affinity";
    }

    private static string? FindCommandProblem(Settings settings) =>
        Executable.Find(settings.Command[0]) is null
            ? $"{settings.Command[0]} is not there or not executable: build or install it, or pass another after --"
            : !settings.StoreCommand.IsEmpty && Executable.Find(settings.StoreCommand[0]) is null
                ? $"{settings.StoreCommand[0]} is not there or not executable: "
                    + "pass another --store, such as 'stores/redis {dir} {storeport}'"
                : null;

    private static string? FindPortProblem(Settings settings)
    {
        if (!settings.StoreCommand.IsEmpty && !PortCheck.IsFree(settings.StorePort))
            return InUse(settings.StorePort, "the store", "--store-port");
        foreach (var index in Enumerable.Range(1, settings.Procs))
        {
            if (!PortCheck.IsFree(settings.PortOf(index)))
                return InUse(settings.PortOf(index), $"worker {index}", "--first-port");
        }

        return !settings.UsesPort || PortCheck.IsFree(settings.Port)
            ? null
            : InUse(settings.Port, settings.WayIn.Proxy == ProxyKind.Haproxy ? "HAProxy" : "clients", "--port");
    }

    private static string InUse(int port, string purpose, string option) =>
        $"port {port}, for {purpose}, is in use: stop what listens there ('ss -ltnp') or pass another {option}";
}
