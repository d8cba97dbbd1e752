using MultiProc.Balancing;
using MultiProc.Processes;

namespace MultiProc;

/// <summary>What would fail later, found first. Each problem is one line: what, and what to do.</summary>
internal static class Preflight
{
    public static async Task<string?> FindProblemAsync(
        Settings settings, string? haproxyExecutable, CancellationToken cancellation) =>
        FindDirectoryProblem(settings)
        ?? FindAffinityProblem(settings)
        ?? FindCommandProblem(settings)
        ?? FindPortProblem(settings)
        ?? await FindHaproxyProblemAsync(settings, haproxyExecutable, cancellation)
        ?? await NginxCheck.FindProblemAsync(settings, cancellation);

    private static string? FindDirectoryProblem(Settings settings) =>
        settings.DataDirectory is { } directory && FolderCheck.FindProblem(directory) is { } problem
            ? problem + "; make it writable or pass another --dir"
            : null;

    private static string? FindAffinityProblem(Settings settings)
    {
        if (settings.Cpus.IsDefaultOrEmpty) return null;
        var missing = settings.Cpus.Where(cpu => cpu >= Environment.ProcessorCount).ToList();
        return missing.Count == 0
            ? null
            : $"there is no processor {missing[0]}: pass --cpu-affinity numbers from 0 to {Environment.ProcessorCount - 1}";
    }

    private static string? FindCommandProblem(Settings settings) =>
        Executable.Find(settings.Command[0]) is null
            ? $"{settings.Command[0]} is not there or not executable: build or install it, or pass another after --"
            : null;

    private static string? FindPortProblem(Settings settings)
    {
        foreach (var index in Enumerable.Range(1, settings.Procs))
        {
            if (!PortCheck.IsFree(settings.PortOf(index)))
                return InUse(settings.PortOf(index), $"worker {index}", "--first-port");
        }

        return !settings.UsesPort || PortCheck.IsFree(settings.Port)
            ? null
            : InUse(settings.Port, settings.HaproxyFile is not null ? "HAProxy" : "clients", "--port");
    }

    private static string InUse(int port, string purpose, string option) =>
        $"port {port}, for {purpose}, is in use: stop what listens there ('ss -ltnp') or pass another {option}";

    private static async Task<string?> FindHaproxyProblemAsync(
        Settings settings, string? executable, CancellationToken cancellation)
    {
        if (settings.HaproxyFile is not { } file) return null;
        if (executable is null) return "haproxy is not installed: install it ('apt-get install haproxy') or leave out --haproxy";
        if (!File.Exists(file)) return $"{file} is not there: pass --haproxy a configuration such as haproxy/study.cfg";
        // HAProxy goes first: it says best why a file can't be read.
        if (await HaproxyCheck.FindProblemAsync(executable, settings, cancellation) is { } words)
            return $"HAProxy does not take {file}: correct it; its own words:\n{words}";
        return Haproxy.ReachesSockets(file) && !CommandTemplate.Mentions(settings.Command, CommandTemplate.Socket)
            ? $"{file} reaches workers on unix sockets: have their command listen on one, such as "
                + "BlobsServer {dir} {port} --unix {socket}"
            : null;
    }
}
