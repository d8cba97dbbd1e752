using System.Globalization;

namespace MultiProc.Processes;

/// <summary>What /proc says of processes (proc(5)); null for one that is gone.</summary>
internal static class ProcFile
{
    /// <summary>A process's identity: pids are used again, a pid with its start time is not (until the next boot).</summary>
    internal sealed record Identity(int Pid, int Session, long StartTicks);

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

    public static IEnumerable<Identity> All() =>
        from folder in Directory.EnumerateDirectories("/proc")
        where int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out _)
        let identity = Identify(ParseInt(Path.GetFileName(folder)))
        where identity is not null
        select identity;

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

    private static int ParseInt(string digits) => int.Parse(digits, CultureInfo.InvariantCulture);
}
