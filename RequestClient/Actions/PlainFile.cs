using System.Text;
using Linux;

namespace RequestClient.Actions;

/// <summary>
/// Files of which it matters that they are files: they are read more than once, and a pipe keeps its second reader waiting for
/// ever, as a device does that never ends.
/// </summary>
internal static class PlainFile
{
    /// <summary>Whether there is a regular file, links followed.</summary>
    public static bool IsThere(string path) =>
        Libc.StatX(At.CurrentDirectory, Encoding.UTF8.GetBytes(path + '\0'), 0, At.StatBasic, out var status) == 0
            && status.IsRegular;

    /// <exception cref="IOException">Something else is there.</exception>
    public static void Ensure(string path)
    {
        if (Path.Exists(path) && !IsThere(path)) throw new IOException("it is no regular file, and is read more than once");
    }
}
