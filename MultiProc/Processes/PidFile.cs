using System.Globalization;
using System.Text;

namespace MultiProc.Processes;

/// <summary>
/// The list of a supervisor's children, for whoever cleans up after it. It is locked (flock(2)) from the supervisor's
/// start to its end, however it ends: a list that can be locked is a dead supervisor's.
/// </summary>
internal sealed class PidFile : IDisposable
{
    private const int WouldBlock = 11;

    private readonly string _path;
    private readonly FileStream _file;

    private PidFile(string path, FileStream file) => (_path, _file) = (path, file);

    /// <summary>Locks the list, made when it is not there; null when a live supervisor holds it.</summary>
    public static PidFile? TryAcquire(string path)
    {
        while (true)
        {
            FileStream file;
            try
            {
                file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
            }
            catch (IOException exception) when (exception.HResult == WouldBlock)
            {
                return null;
            }

            // Its last holder may have removed it between our opening and our locking: then it is nobody's name any more.
            var descriptor = file.SafeFileHandle.DangerousGetHandle();
            if (File.ResolveLinkTarget($"/proc/self/fd/{descriptor}", returnFinalTarget: false)?.FullName == path)
                return new PidFile(path, file);
            file.Dispose();
        }
    }

    /// <summary>What the last holder wrote; a line that was cut off is left out.</summary>
    public IReadOnlyList<ProcFile.Identity> Read()
    {
        var bytes = new byte[_file.Length];
        _file.Position = 0;
        _file.ReadExactly(bytes);
        return [.. Encoding.ASCII.GetString(bytes).Split('\n').Select(Parse).OfType<ProcFile.Identity>()];
    }

    public void Write(IEnumerable<ProcFile.Identity> children)
    {
        var text = string.Concat(children.Select(child => FormattableString.Invariant($"{child.Pid} {child.StartTicks}\n")));
        _file.Position = 0;
        _file.Write(Encoding.ASCII.GetBytes(text));
        _file.SetLength(_file.Position);
    }

    /// <summary>Removes the list, still locked, and gives it up.</summary>
    public void Dispose()
    {
        File.Delete(_path);
        _file.Dispose();
    }

    private static ProcFile.Identity? Parse(string line) =>
        line.Split(' ') is [var pid, var ticks]
        && int.TryParse(pid, CultureInfo.InvariantCulture, out var pidNumber)
        && long.TryParse(ticks, CultureInfo.InvariantCulture, out var startTicks)
            ? new ProcFile.Identity(pidNumber, pidNumber, startTicks)
            : null;
}
