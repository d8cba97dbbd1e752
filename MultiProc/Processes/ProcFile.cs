using System.Globalization;

namespace MultiProc.Processes;

/// <summary>What /proc says of processes (proc(5)); null for one that is gone.</summary>
internal static class ProcFile
{
    /// <summary>A process's identity: pids are used again, a pid with its start time is not (until the next boot).</summary>
    internal sealed record Identity(int Pid, int Session, long StartTicks);

    public static Identity? Identify(int pid)
    {
        string stat;
        try
        {
            stat = File.ReadAllText($"/proc/{pid}/stat");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }

        // The second field, the name, may hold blanks and parentheses: count from the last one. Field 3 is at 0.
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return new Identity(pid, Session: ParseInt(fields[3]), StartTicks: long.Parse(fields[19], CultureInfo.InvariantCulture));
    }

    public static long? ResidentBytes(int pid)
    {
        try
        {
            return long.Parse(File.ReadAllText($"/proc/{pid}/statm").Split(' ')[1], CultureInfo.InvariantCulture)
                * Environment.SystemPageSize;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    public static IEnumerable<Identity> All() =>
        from folder in Directory.EnumerateDirectories("/proc")
        where int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out _)
        let identity = Identify(ParseInt(Path.GetFileName(folder)))
        where identity is not null
        select identity;

    private static int ParseInt(string digits) => int.Parse(digits, CultureInfo.InvariantCulture);
}
