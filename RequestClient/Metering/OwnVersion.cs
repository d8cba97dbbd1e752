using System.Reflection;

namespace RequestClient.Metering;

/// <summary>Which build this is, for the record: programs of one study are built together.</summary>
internal static class OwnVersion
{
    /// <summary>As long as git's own short names, so that it still names one commit.</summary>
    private const int CommitLetters = 9;

    /// <summary>"RequestClient 0.1.0+15bddf7bb"; without a commit when it was not built from a repository.</summary>
    public static string Text { get; } = Describe(
        typeof(OwnVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion
            ?? "of unknown version");

    private static string Describe(string version)
    {
        var commit = version.IndexOf('+', StringComparison.Ordinal) + 1;
        return $"RequestClient {(commit > 0 && version.Length > commit + CommitLetters ? version[..(commit + CommitLetters)] : version)}";
    }
}
