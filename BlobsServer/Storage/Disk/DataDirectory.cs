using System.Text;
using BlobsServer.Storage.Disk.Durable;
using Linux;

namespace BlobsServer.Storage.Disk;

/// <summary>DIR, opened; made with its parents when it is missing.</summary>
/// <param name="Root">The directory.</param>
/// <param name="Above">Those that hold its entry.</param>
internal sealed record DataDirectory(OpenFile Root, DirectoriesAbove Above)
{
    public static DataDirectory Open(string path)
    {
        if (File.Exists(path)) throw new IOException("it is a file");
        path = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        var missing = 0;
        for (var above = path; !Directory.Exists(above); above = Path.GetDirectoryName(above)) missing++;
        MissingDirectory.Make(path);
        var flags = OpenFlags.ReadOnly | OpenFlags.Directory | OpenFlags.CloseOnExec;
        var descriptor = Libc.OpenAt(At.CurrentDirectory, Encoding.UTF8.GetBytes(path + '\0'), flags, 0);
        if (descriptor < 0) throw SystemCallException.Last("open");
        var root = new OpenFile(descriptor);
        // One level at least: another process may have made DIR a moment ago.
        return new DataDirectory(root, new DirectoriesAbove(root, Math.Max(1, missing)));
    }
}
