using System.Reflection;
using System.Security.Cryptography;

namespace StudyPlan.Studies;

/// <summary>
/// What a study's figures depend on beside its variables. Runs under another fingerprint are another study: an interrupted one
/// goes on only under its own.
/// </summary>
/// <param name="Machine">As <see cref="Studies.Machine.Describe"/> tells.</param>
/// <param name="Version">The version and commit of these programs.</param>
/// <param name="Programs">A digest of the programs that measure and are measured, and of the proxies' configurations.</param>
/// <param name="Actions">A digest of the file that describes the actions, and of their feeds.</param>
internal sealed record Fingerprint(string Machine, string Version, string Programs, string Actions)
{
    private const int DigestLength = 16;

    /// <summary>That of this moment, on this machine, in this checkout.</summary>
    /// <param name="actionFiles">Where actions are described, and their feeds.</param>
    /// <param name="worker">The first word of a worker's command.</param>
    public static Fingerprint Take(IEnumerable<string> actionFiles, string worker) => new(
        Studies.Machine.Describe(), OwnVersion(), DigestOf(
            [.. MeasuringFiles(), worker, worker + ".dll"]), DigestOf(actionFiles));

    /// <summary>What differs, for people; null when nothing does.</summary>
    public string? FindDifference(Fingerprint then)
    {
        if (Machine != then.Machine)
            return $"it was begun on {then.Machine}, and this is {Machine}: figures of two machines are no study";
        if (Actions != then.Actions) return "the file that describes its actions was changed since it was begun";
        if (Version != then.Version) return $"it was begun with version {then.Version}, and this is {Version}";
        return Programs != then.Programs ? "the programs or the proxies' configurations were changed since it was begun" : null;
    }

    private static IEnumerable<string> MeasuringFiles() =>
    [
        .. ((string[])["RequestClient", "MultiProc"]).Select(program => $"artifacts/bin/{program}/release/{program}.dll"),
        .. ((string[])["haproxy", "proxies"]).Where(Directory.Exists).SelectMany(Directory.EnumerateFiles)
            .Where(file => Path.GetExtension(file) is ".cfg" or ".conf").Order(StringComparer.Ordinal),
    ];

    private static string DigestOf(IEnumerable<string> files)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var file in files.Where(File.Exists)) hash.AppendData(SHA256.HashData(File.ReadAllBytes(file)));
        return Convert.ToHexStringLower(hash.GetHashAndReset())[..DigestLength];
    }

    private static string OwnVersion() =>
        typeof(Fingerprint).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion
            ?? "unknown";
}
