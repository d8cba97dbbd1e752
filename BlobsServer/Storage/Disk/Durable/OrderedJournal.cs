using System.Globalization;
using Linux;

namespace BlobsServer.Storage.Disk.Durable;

/// <summary>
/// The journal of an ext4. It commits changes of names, sizes and directories in the order in which they were made, whoever made
/// them, and each commit empties the disk's cache first. So bytes that were written out before their file got its name need no
/// sync of their own: no name survives without them. And one commit is enough for all who wait for it.
/// </summary>
internal sealed class OrderedJournal : ICommonSync
{
    private const string None = "<none>";

    /// <summary>A file without a name, of which a change stands in the journal behind all earlier ones.</summary>
    private readonly OpenFile _last;

    private OrderedJournal(OpenFile last) => _last = last;

    /// <summary>Two commits cost twice one, and a lone one waits for nobody.</summary>
    public bool Pays(int count) => count > 1;

    /// <summary>Null where the file system has none, or none that is known to keep this order.</summary>
    public static OrderedJournal? Find(OpenFile root)
    {
        if (Libc.FileSystemOf(root.Descriptor, out var fileSystem) != 0 || !fileSystem.IsExt || !HasJournal(root.Status()))
            return null;
        var flags = OpenFlags.Unnamed | OpenFlags.ReadWrite | OpenFlags.CloseOnExec;
        var descriptor = Libc.OpenAt(root.Descriptor, ".\0"u8, flags, Mode.File);
        return descriptor < 0 ? null : new OrderedJournal(new OpenFile(descriptor));
    }

    public void Sync()
    {
        // Without a change of its own, fsync(2) would wait only for the commit that the file's last change is in.
        _last.Touch();
        _last.Sync();
    }

    /// <summary>The kernel says it in sysfs; ext2 and ext3 of old kernels are not there at all.</summary>
    private static bool HasJournal(in FileStatus status)
    {
        try
        {
            var device = string.Create(CultureInfo.InvariantCulture, $"/sys/dev/block/{status.DeviceMajor}:{status.DeviceMinor}");
            var name = Path.GetFileName(Directory.ResolveLinkTarget(device, returnFinalTarget: false)?.FullName);
            return name is not null && File.ReadAllText($"/sys/fs/ext4/{name}/journal_task").Trim() is not (None or "");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return false; // no sysfs here
        }
    }
}
