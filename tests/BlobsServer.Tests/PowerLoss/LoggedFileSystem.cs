using Blobs.TestSupport;

namespace BlobsServer.Tests.PowerLoss;

/// <summary>An ext4 with a journal on a <see cref="LoggedDisk"/>, and those that are left of it after power cuts.</summary>
internal sealed class LoggedFileSystem : IAsyncDisposable
{
    private const int DiskBytes = 128 * 1024 * 1024;

    private readonly TempDirectory _directory = new();
    private readonly FuseFile _file;
    private string? _device;
    private int _images;

    private LoggedFileSystem()
    {
        Disk = new LoggedDisk(DiskBytes);
        _file = new FuseFile(Disk, Directory.CreateDirectory(_directory["fuse"]).FullName);
    }

    public LoggedDisk Disk { get; }

    public string MountPoint => _directory["disk"];

    public static async Task<LoggedFileSystem> MountAsync()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "loop devices are root's");
        Assert.SkipUnless(
            File.Exists("/dev/fuse") && File.Exists("/dev/loop-control"), "there is no FUSE or no loop device here");
        var system = new LoggedFileSystem();
        try
        {
            system._device = (await RunAsync("losetup", "--find", "--show", system._file.Path)).Trim();
            await RunAsync("mkfs.ext4", "-q", "-F", "-N", "30000", system._device);
            Directory.CreateDirectory(system.MountPoint);
            await RunAsync("mount", system._device, system.MountPoint);
            return system;
        }
        catch
        {
            await system.DisposeAsync();
            throw;
        }
    }

    /// <summary>
    /// Mounts what is left after a power cut (the kernel replays the journal) and looks at it: see LoggedDisk.WriteImage.
    /// </summary>
    public async Task LookAfterCutAsync(int position, Func<bool> isWrittenBack, Action<string> look)
    {
        // Of its own: a loop device is given back some time after its umount, and mount(8) would take that one again for the same
        // file, with what it has in memory of the image before.
        var file = _directory[$"image-{_images++}"];
        var mounted = Directory.CreateDirectory(_directory["left"]).FullName;
        Disk.WriteImage(file, position, isWrittenBack);
        await RunAsync("mount", "-o", "loop", file, mounted);
        try
        {
            look(mounted);
        }
        finally
        {
            await RunAsync("umount", mounted);
            File.Delete(file);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await ChildProcess.RunAsync("umount", [MountPoint]);
        if (_device is not null) await ChildProcess.RunAsync("losetup", ["--detach", _device]);
        _file.Dispose();
        _directory.Dispose();
    }

    private static async Task<string> RunAsync(string command, params string[] arguments)
    {
        var (status, output, error) = await ChildProcess.RunAsync(command, arguments);
        return status == 0 ? output : throw new InvalidOperationException($"{command}: {error}");
    }
}
