using System.Globalization;
using System.Text;
using MultiProc.Processes;

namespace MultiProc.CleaningUp;

/// <summary>
/// The list of a supervisor's children and control groups, for whoever cleans up after it. It is locked (flock(2)) from
/// the supervisor's start to its end, however it ends: a list that can be locked is a dead supervisor's. Pids and their
/// start times mean something until the next boot only, so it says of which one it is.
/// </summary>
internal sealed class PidList : IDisposable
{
    private const int WouldBlock = 11;
    private const string ProcessKind = "process";
    private const string GroupKind = "group";
    private const string BootKind = "boot";

    private static readonly string Boot = File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim();

    private readonly string _path;
    private readonly FileStream _file;
    private readonly Lock _lock = new();
    private readonly List<string> _groups = [];
    private HashSet<int> _pids = [];
    private bool _isWritten;

    private PidList(string path, FileStream file) => (_path, _file) = (path, file);

    /// <summary>Locks the list, made when it is not there; null when a live supervisor holds it.</summary>
    public static PidList? TryAcquire(string path)
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
                return new PidList(path, file);
            file.Dispose();
        }
    }

    /// <summary>What the last holder listed; a line that was cut off is left out.</summary>
    public Listing Read()
    {
        var bytes = new byte[_file.Length];
        _file.Position = 0;
        _file.ReadExactly(bytes);
        var lines = Encoding.UTF8.GetString(bytes).Split('\n').SkipLast(1).Select(line => line.Split(' ', 3)).ToList();
        if (!lines.Exists(fields => fields is [BootKind, var boot] && boot == Boot)) return new Listing([], []);
        return new Listing(
            [.. lines.Select(ParseProcess).OfType<ProcFile.Identity>()],
            [.. lines.Where(fields => fields is [GroupKind, ..]).Select(fields => string.Join(' ', fields[1..]))]);
    }

    /// <summary>
    /// Lists a control group that is about to be made. When it can't, the next <see cref="ListProcesses"/> says so.
    /// </summary>
    public void ListGroup(string folder)
    {
        lock (_lock)
        {
            _groups.Add(folder);
            _isWritten = false;
            try
            {
                Write();
            }
            catch (IOException)
            {
                // The disk is full: no reason not to start a worker.
            }
        }
    }

    /// <summary>Lists the children; writes when something has changed.</summary>
    public void ListProcesses(IEnumerable<int> pids)
    {
        lock (_lock)
        {
            var running = pids.ToHashSet();
            if (_isWritten && running.SetEquals(_pids)) return;
            (_pids, _isWritten) = (running, false);
            Write();
        }
    }

    public void Clear() => Write("");

    /// <summary>Removes the list, still locked, and gives it up.</summary>
    public void Dispose()
    {
        File.Delete(_path);
        _file.Dispose();
    }

    private static ProcFile.Identity? ParseProcess(string[] fields) =>
        fields is [ProcessKind, var pid, var ticks]
        && int.TryParse(pid, CultureInfo.InvariantCulture, out var pidNumber)
        && long.TryParse(ticks, CultureInfo.InvariantCulture, out var startTicks)
            ? new ProcFile.Identity(pidNumber, pidNumber, startTicks)
            : null;

    private void Write()
    {
        var processes = _pids.Select(ProcFile.Identify).OfType<ProcFile.Identity>()
            .Select(process => FormattableString.Invariant($"{ProcessKind} {process.Pid} {process.StartTicks}\n"));
        Write(string.Concat(processes.Concat(_groups.Select(group => $"{GroupKind} {group}\n")).Prepend($"{BootKind} {Boot}\n")));
        _isWritten = true;
    }

    private void Write(string text)
    {
        _file.Position = 0;
        _file.Write(Encoding.UTF8.GetBytes(text));
        _file.SetLength(_file.Position);
    }

    /// <summary>What a list holds.</summary>
    /// <param name="Leaders">Children, each the leader of its session.</param>
    /// <param name="ControlGroups">Folders.</param>
    internal sealed record Listing(IReadOnlyList<ProcFile.Identity> Leaders, IReadOnlyList<string> ControlGroups);
}
