namespace StudyPlan.Studies;

/// <summary>
/// The directory of a study's blobs. It is marked when it is made, and nothing is ever deleted in one that is not marked, is
/// reached through a link, or belongs to somebody else.
/// </summary>
internal static class BlobsFolder
{
    private const string Marker = ".made-by-run-test";

    /// <summary>A shell command that empties it while servers run; the marker and what a store keeps stay.</summary>
    public static string EmptyCommand(string folder) =>
        $"find '{folder.Replace("'", "'\\''", StringComparison.Ordinal)}' -mindepth 1 -maxdepth 1 "
            + $"! -name {Marker} ! -name {Variables.Store.Place} -exec rm -rf {{}} +";

    /// <summary>The type of the file system that it is on, or will be.</summary>
    public static string FileSystemOf(string folder)
    {
        var there = new DirectoryInfo(folder);
        while (!there.Exists && there.Parent is { } parent) there = parent;
        return new DriveInfo(there.FullName).DriveFormat;
    }

    /// <summary>Why a study can't have it, in one line; null when it can be made, or when an earlier study left it.</summary>
    public static string? FindProblem(string folder)
    {
        if (IsThere(folder))
        {
            return IsOurs(folder) ? null
                : $"BLOBS_DIR='{folder}' was not made by this script, so it is left alone: "
                    + "remove it yourself, or set BLOBS_DIR to another";
        }

        return FolderTrial.FindProblem(folder) is { } reason
            ? $"BLOBS_DIR='{folder}' can't be made ({reason}); wanted: a folder that can"
            : null;
    }

    /// <summary>Makes it, or takes the one that an earlier study left, once nothing was found to be wrong with it.</summary>
    public static void Claim(string folder)
    {
        if (IsThere(folder)) return;
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, Marker), "");
    }

    /// <summary>Removes it with all that is in it, the marker last, so that what is interrupted can be done again.</summary>
    public static void Release(string folder)
    {
        if (!IsOurs(folder)) return;
        foreach (var entry in new DirectoryInfo(folder).EnumerateFileSystemInfos().Where(entry => entry.Name != Marker))
        {
            if (entry is DirectoryInfo { LinkTarget: null } inner) inner.Delete(recursive: true);
            else entry.Delete();
        }

        Directory.Delete(folder, recursive: true);
    }

    /// <summary>A link that leads nowhere included.</summary>
    private static bool IsThere(string folder) => Path.Exists(folder) || new FileInfo(folder).LinkTarget is not null;

    private static bool IsOurs(string folder) =>
        new DirectoryInfo(folder) is { Exists: true, LinkTarget: null } && File.Exists(Path.Combine(folder, Marker))
            && IsOwn(folder);

    /// <summary>Whether we may change its mode, which the kernel allows its owner alone (chmod(2)).</summary>
    private static bool IsOwn(string folder)
    {
        try
        {
            File.SetUnixFileMode(folder, File.GetUnixFileMode(folder));
            return true;
        }
        catch (UnauthorizedAccessException)
        {
            return false;
        }
    }
}
