using System.Globalization;

namespace MultiProc.Processes;

/// <summary>What /proc says of processes (proc(5)); null for one that is gone.</summary>
internal static class ProcFile
{
    /// <summary>A process's identity: pids are used again, a pid with its start time is not (until the next boot).</summary>
    internal sealed record Identity(int Pid, int Session, long StartTicks);

    /// <summary>sysconf(_SC_CLK_TCK), which is 100 on every Linux that .NET runs on.</summary>
    private const int TicksPerSecond = 100;

    public static Identity? Identify(int pid) =>
        ReadStat(pid) is { } fields
            ? new Identity(pid, Session: ParseInt(fields[3]), StartTicks: long.Parse(fields[19], CultureInfo.InvariantCulture))
            : null;

    /// <summary>R, S, D, T ... and Z for one that has ended and waits for its parent to ask how.</summary>
    public static char? StateOf(int pid) => ReadStat(pid)?[0][0];

    public static long? ResidentBytes(int pid) =>
        Read($"/proc/{pid}/statm") is { } statm
            ? long.Parse(statm.Split(' ')[1], CultureInfo.InvariantCulture) * Environment.SystemPageSize
            : null;

    public static IEnumerable<int> AllPids() => NumbersIn("/proc");

    public static IEnumerable<Identity> All() => AllPids().Select(Identify).OfType<Identity>();

    public static ProcessEntry? ReadEntry(int pid) =>
        ReadStat(pid) is { } fields
            ? new ProcessEntry(
                pid, ParseInt(fields[1]), ParseInt(fields[3]), long.Parse(fields[19], CultureInfo.InvariantCulture),
                OwnCpu: Ticks(fields[11], fields[12]), ChildrenCpu: Ticks(fields[13], fields[14]))
            : null;

    /// <summary>Each thread's number and its schedstat; empty when the process is gone.</summary>
    public static IEnumerable<(int Tid, string Text)> ThreadSchedules(int pid)
    {
        foreach (var tid in NumbersIn($"/proc/{pid}/task"))
        {
            if (Read($"/proc/{pid}/task/{tid}/schedstat") is { Length: > 0 } text) yield return (tid, text);
        }
    }

    /// <summary>Whether a process was started with NAME=VALUE in its environment; no, where that may not be read.</summary>
    public static bool HasInEnvironment(int pid, string variable) =>
        Read($"/proc/{pid}/environ")?.Split('\0').Contains(variable) == true;

    /// <summary>The processors that a process may use, as the kernel writes them.</summary>
    public static string? AllowedCpus(int pid)
    {
        const string heading = "Cpus_allowed_list:";
        return Read($"/proc/{pid}/status")?.Split('\n')
            .FirstOrDefault(line => line.StartsWith(heading, StringComparison.Ordinal))?[heading.Length..].Trim();
    }

    /// <summary>The fields from the third on: the second, the name, may hold blanks and parentheses.</summary>
    private static string[]? ReadStat(int pid)
    {
        var stat = Read($"/proc/{pid}/stat");
        return stat?[(stat.LastIndexOf(')') + 2)..].Split(' ');
    }

    /// <summary>A process may end between the opening of its file and the reading.</summary>
    private static string? Read(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static IEnumerable<int> NumbersIn(string folder)
    {
        IEnumerable<string> names;
        try
        {
            names = Directory.GetDirectories(folder);
        }
        catch (IOException)
        {
            // The process has just ended.
            yield break;
        }

        foreach (var name in names)
        {
            if (int.TryParse(Path.GetFileName(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
                yield return number;
        }
    }

    private static TimeSpan Ticks(string user, string system) =>
        TimeSpan.FromSeconds((ParseInt(user) + ParseInt(system)) / (double)TicksPerSecond);

    private static int ParseInt(string digits) => int.Parse(digits, CultureInfo.InvariantCulture);
}
