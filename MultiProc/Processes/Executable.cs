namespace MultiProc.Processes;

/// <summary>Finding programs as a shell does.</summary>
internal static class Executable
{
    private const UnixFileMode AnyExecute = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <summary>The file that running <paramref name="program"/> would start; null when there is none.</summary>
    public static string? Find(string program)
    {
        if (program.Contains('/')) return IsExecutable(program) ? program : null;
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries);
        // /usr/sbin, where Debian keeps haproxy, is not in an ordinary user's PATH.
        return folders.Append("/usr/sbin").Select(folder => Path.Combine(folder, program)).FirstOrDefault(IsExecutable);
    }

    private static bool IsExecutable(string path) => File.Exists(path) && (File.GetUnixFileMode(path) & AnyExecute) != 0;
}
