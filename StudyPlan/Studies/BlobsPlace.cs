namespace StudyPlan.Studies;

/// <summary>
/// Where a study keeps its blobs. On ext4 without a journal every file that is made searches past those that were deleted
/// in the last minutes: runs would pay for what earlier ones left behind (docs/measuring.md). There, and only then, memory
/// holds the blobs; never of a study of what is durable, which memory is not.
/// </summary>
internal static class BlobsPlace
{
    private const string Usual = "/tmp/blobs";
    private const string InMemory = "/dev/shm/blobs";
    private const long EnoughBytes = 4L << 30;

    public static string Choose(bool isDurable) =>
        !isDurable && IsWithoutJournal("/tmp", File.ReadAllLines("/proc/self/mountinfo"), DeviceOf, FindJournals())
            && HasRoomInMemory() ? InMemory : Usual;

    /// <summary>Whether the file system that holds a folder is such a one; not, where nobody can tell.</summary>
    /// <param name="folder">A folder with a short name, such as /tmp.</param>
    /// <param name="mounts">/proc/self/mountinfo (proc(5)). What mounts call a device, such as /dev/root, may be no name of
    /// it.</param>
    /// <param name="deviceOf">The kernel's name of a device by its numbers, 254:0; null when there is none.</param>
    /// <param name="journals">/proc/fs/jbd2: a name for each journal, that of its device first.</param>
    internal static bool IsWithoutJournal(
        string folder, IEnumerable<string> mounts, Func<string, string?> deviceOf, IReadOnlyList<string> journals)
    {
        var mount = mounts.Select(line => line.Split(" - ")).Where(halves => halves.Length == 2)
            .Select(halves => (Fields: halves[0].Split(' '), Type: halves[1].Split(' ')[0]))
            .Where(mount => mount.Fields.Length > 4 && Holds(mount.Fields[4], folder))
            .OrderBy(mount => mount.Fields[4].Length).LastOrDefault();
        return mount.Type == "ext4" && deviceOf(mount.Fields[2]) is { } device
            && !journals.Any(journal => journal.StartsWith(device + "-", StringComparison.Ordinal));
    }

    private static string? DeviceOf(string numbers) =>
        Directory.ResolveLinkTarget($"/sys/dev/block/{numbers}", returnFinalTarget: true) is { Exists: true } device
            ? device.Name
            : null;

    private static bool Holds(string mountedOn, string folder) =>
        mountedOn == "/" || folder == mountedOn || folder.StartsWith(mountedOn + "/", StringComparison.Ordinal);

    private static string[] FindJournals() =>
        Directory.Exists("/proc/fs/jbd2")
            ? [.. Directory.EnumerateDirectories("/proc/fs/jbd2").Select(path => Path.GetFileName(path))]
            : [];

    private static bool HasRoomInMemory() =>
        Directory.Exists("/dev/shm") && new DriveInfo("/dev/shm").AvailableFreeSpace > EnoughBytes;
}
