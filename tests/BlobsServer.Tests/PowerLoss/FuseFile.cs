using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace BlobsServer.Tests.PowerLoss;

/// <summary>
/// A FUSE file system of one file, "disk", that is a <see cref="LoggedDisk"/>: below a loop device the kernel's writes and
/// flushes come here. The protocol is that of linux/fuse.h, version 7.31.
/// </summary>
internal sealed class FuseFile : IDisposable
{
    private const int HeaderBytes = 40;
    private const int MaxWriteBytes = 128 * 1024;
    private const ulong RootId = 1;
    private const ulong DiskId = 2;
    private const int NoEntry = 2; // a request was taken back before it was read
    private const int Interrupted = 4;
    private const int NotFound = -NoEntry;
    private const int NotImplemented = -38;

    private readonly LoggedDisk _disk;
    private readonly string _mountPoint;
    private readonly SafeFileHandle _device;
    private readonly int _descriptor;

    public FuseFile(LoggedDisk disk, string mountPoint)
    {
        _disk = disk;
        _mountPoint = mountPoint;
        _device = File.OpenHandle("/dev/fuse", FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        _descriptor = (int)_device.DangerousGetHandle();
        var options = $"fd={_descriptor},rootmode=40000,user_id=0,group_id=0";
        if (Mount(Bytes("blobs"), Bytes(mountPoint), Bytes("fuse"), 0, Bytes(options)) != 0)
        {
            throw new IOException($"mount: {Marshal.GetLastPInvokeErrorMessage()}");
        }

        new Thread(Serve) { IsBackground = true, Name = "fuse" }.Start();
    }

    public string Path => System.IO.Path.Combine(_mountPoint, "disk");

    public void Dispose()
    {
        const int Detach = 2;
        _ = Unmount(Bytes(_mountPoint), Detach);
        _device.Dispose();
    }

    [DllImport("libc", EntryPoint = "mount", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Mount(byte[] source, byte[] target, byte[] type, nuint flags, byte[] data);

    [DllImport("libc", EntryPoint = "umount2", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Unmount(byte[] target, int flags);

    [DllImport("libc", EntryPoint = "read", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nint Read(int file, byte[] buffer, nint count);

    [DllImport("libc", EntryPoint = "write", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nint Write(int file, byte[] buffer, nint count);

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text + '\0');

    private void Serve()
    {
        var request = new byte[HeaderBytes + MaxWriteBytes + 4096];
        while (true)
        {
            var count = (int)Read(_descriptor, request, request.Length);
            if (count > 0) Answer(request.AsSpan(0, count));
            else if (Marshal.GetLastPInvokeError() is not (NoEntry or Interrupted)) return; // unmounted
        }
    }

    private void Answer(ReadOnlySpan<byte> request)
    {
        var operation = BinaryPrimitives.ReadUInt32LittleEndian(request[4..]);
        var unique = BinaryPrimitives.ReadUInt64LittleEndian(request[8..]);
        var node = BinaryPrimitives.ReadUInt64LittleEndian(request[16..]);
        var body = request[HeaderBytes..];
        switch (operation)
        {
            case 2 or 36 or 42: // FORGET, INTERRUPT, BATCH_FORGET want no answer
                return;
            case 1: // LOOKUP
                if (node == RootId && body.SequenceEqual("disk\0"u8)) Reply(unique, Entry());
                else Reply(unique, [], NotFound);
                return;
            case 3 or 4: // GETATTR, SETATTR
                Reply(unique, [.. new byte[16], .. Attributes(node)]);
                return;
            case 14 or 27: // OPEN, OPENDIR
                Reply(unique, Open());
                return;
            case 15: // READ
                var data = new byte[BinaryPrimitives.ReadInt32LittleEndian(body[16..])];
                _disk.Read(BinaryPrimitives.ReadInt64LittleEndian(body[8..]), data);
                Reply(unique, data);
                return;
            case 16: // WRITE
                var size = BinaryPrimitives.ReadInt32LittleEndian(body[16..]);
                _disk.Write(BinaryPrimitives.ReadInt64LittleEndian(body[8..]), body.Slice(40, size));
                var written = new byte[8];
                BinaryPrimitives.WriteInt32LittleEndian(written, size);
                Reply(unique, written);
                return;
            case 17: // STATFS
                Reply(unique, new byte[80]);
                return;
            case 18 or 25 or 29 or 34 or 38: // RELEASE, FLUSH, RELEASEDIR, ACCESS, DESTROY
                Reply(unique, []);
                return;
            case 20: // FSYNC: what the device below a disk calls a flush of its cache
                _disk.Flush();
                Reply(unique, []);
                return;
            case 26: // INIT
                Reply(unique, Init());
                return;
            default:
                Reply(unique, [], NotImplemented);
                return;
        }
    }

    private void Reply(ulong unique, ReadOnlySpan<byte> body, int error = 0)
    {
        var reply = new byte[16 + body.Length];
        BinaryPrimitives.WriteInt32LittleEndian(reply, reply.Length);
        BinaryPrimitives.WriteInt32LittleEndian(reply.AsSpan(4), error);
        BinaryPrimitives.WriteUInt64LittleEndian(reply.AsSpan(8), unique);
        body.CopyTo(reply.AsSpan(16));
        _ = Write(_descriptor, reply, reply.Length); // whoever asked may have given up
    }

    private static byte[] Init()
    {
        const uint BigWrites = 1 << 5;
        const uint MaxPages = 1 << 22;
        var init = new byte[64];
        BinaryPrimitives.WriteUInt32LittleEndian(init, 7);
        BinaryPrimitives.WriteUInt32LittleEndian(init.AsSpan(4), 31);
        BinaryPrimitives.WriteUInt32LittleEndian(init.AsSpan(12), BigWrites | MaxPages);
        BinaryPrimitives.WriteUInt16LittleEndian(init.AsSpan(16), 16); // requests in the background
        BinaryPrimitives.WriteUInt16LittleEndian(init.AsSpan(18), 12);
        BinaryPrimitives.WriteUInt32LittleEndian(init.AsSpan(20), MaxWriteBytes);
        BinaryPrimitives.WriteUInt32LittleEndian(init.AsSpan(24), 1);
        BinaryPrimitives.WriteUInt16LittleEndian(init.AsSpan(28), MaxWriteBytes / 4096);
        return init;
    }

    /// <summary>Nothing of it is cached above this process (FOPEN_DIRECT_IO).</summary>
    private static byte[] Open()
    {
        var open = new byte[16];
        open[8] = 1;
        return open;
    }

    private byte[] Entry()
    {
        var entry = new byte[40];
        BinaryPrimitives.WriteUInt64LittleEndian(entry, DiskId);
        return [.. entry, .. Attributes(DiskId)];
    }

    private byte[] Attributes(ulong node)
    {
        const uint Directory = 0x41C0; // 040700
        const uint Regular = 0x8180; // 0100600
        var attributes = new byte[88];
        BinaryPrimitives.WriteUInt64LittleEndian(attributes, node);
        BinaryPrimitives.WriteInt64LittleEndian(attributes.AsSpan(8), node == DiskId ? _disk.Bytes : 0);
        BinaryPrimitives.WriteInt64LittleEndian(attributes.AsSpan(16), _disk.Bytes / 512);
        BinaryPrimitives.WriteUInt32LittleEndian(attributes.AsSpan(60), node == DiskId ? Regular : Directory);
        BinaryPrimitives.WriteUInt32LittleEndian(attributes.AsSpan(64), 1);
        BinaryPrimitives.WriteUInt32LittleEndian(attributes.AsSpan(80), 4096);
        return attributes;
    }
}
