namespace StudyPlan.Studies;

/// <summary>
/// Where a study keeps its blobs. On ext4 without a journal every file that is made searches past those that were deleted
/// in the last minutes: runs would pay for what earlier ones left behind (docs/measuring.md). There, and only then, memory
/// holds the blobs.
/// </summary>
internal static class BlobsPlace
{
    private const string Usual = "/tmp/blobs";
    private const string InMemory = "/dev/shm/blobs";
    private const long EnoughBytes = 4L << 30;

    public static string Choose() =>
        IsWithoutJournal("/tmp", File.ReadAllLines("/proc/self/mounts"), File.Exists, FindJournals()) && HasRoomInMemory() ? InMemory : Usual;

    /// <summary>Whether the file system that holds a folder is such a one.</summary>
    /// <param name="folder">A folder with a short name, such as /tmp.</param>
    /// <param name="mounts">/proc/self/mounts: device, folder, type, options.</param>
    /// <param name="exists">Whether a device is there, for those that are only names.</param>
    /// <param name="journals">/proc/fs/jbd2: a name for each journal, that of its device first.</param>
    internal static bool IsWithoutJournal(string folder, IEnumerable<string> mounts, Func<string, bool> exists, IReadOnlyList<string> journals)
    {
        var mount = mounts.Select(line => line.Split(' ')).Where(fields => fields.Length > 2 && Holds(fields[1], folder))
            .MaxBy(fields => fields[1].Length);
        if (mount is not [var device, _, "ext4", ..]) return false;
        // A name such as /dev/root may stand for another.
        var name = Path.GetFileName(exists(device) ? File.ResolveLinkTarget(device, returnFinalTarget: true)?.FullName ?? device : device);
        return !journals.Any(journal => journal.StartsWith(name + "-", StringComparison.Ordinal));
    }

    private static bool Holds(string mountedOn, string folder) =>
        mountedOn == "/" || folder == mountedOn || folder.StartsWith(mountedOn + "/", StringComparison.Ordinal);

    private static string[] FindJournals() =>
        Directory.Exists("/proc/fs/jbd2") ? [.. Directory.EnumerateDirectories("/proc/fs/jbd2").Select(path => Path.GetFileName(path))] : [];

    private static bool HasRoomInMemory() => Directory.Exists("/dev/shm") && new DriveInfo("/dev/shm").AvailableFreeSpace > EnoughBytes;
}
