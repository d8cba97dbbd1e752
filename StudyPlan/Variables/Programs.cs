namespace StudyPlan.Variables;

/// <summary>What the first word of a command leads to.</summary>
internal static class Programs
{
    private const UnixFileMode Executable = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <summary>
    /// Whether MultiProc will be able to run it: a path as it stands, any other word where PATH leads, or among what Debian keeps
    /// from an ordinary user's PATH.
    /// </summary>
    public static bool IsThere(string word) => word.Contains('/', StringComparison.Ordinal)
        ? IsFile(word)
        : $"{Environment.GetEnvironmentVariable("PATH")}:/usr/sbin".Split(':').Any(folder => IsFile(Path.Combine(folder, word)));

    private static bool IsFile(string path) => File.Exists(path) && (File.GetUnixFileMode(path) & Executable) != 0;
}
