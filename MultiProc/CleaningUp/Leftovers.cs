using MultiProc.Configuration;
using MultiProc.ControlGroups;
using MultiProc.Processes;

namespace MultiProc.CleaningUp;

/// <summary>What a supervisor that was killed leaves: sockets, control groups, and what its children had started.</summary>
internal static class Leftovers
{
    /// <summary>Removes them; the caller holds the list, so its supervisor is dead.</summary>
    public static void Sweep(ControlPath control, PidList pidList)
    {
        var (leaders, controlGroups) = pidList.Read();
        if (leaders.Count > 0) KillSessions(leaders.ToDictionary(leader => leader.Pid));
        ControlGroupFolder.Remove(controlGroups);
        pidList.Clear();
        RemoveSockets(control);
    }

    /// <summary>
    /// HAProxy never removes its socket, and one that was killed while binding leaves the temporary name too; a killed
    /// worker leaves its own.
    /// </summary>
    public static void RemoveSockets(ControlPath control)
    {
        File.Delete(control.FullPath);
        var folder = Path.GetDirectoryName(control.FullPath)!;
        string[] patterns = [Path.GetFileName(control.HaproxySocket) + "*", Path.GetFileName(control.WorkerSockets) + "[0-9]*"];
        var names = patterns.SelectMany(pattern => Directory.EnumerateFiles(folder, pattern));
        foreach (var path in names) File.Delete(path);
        if (Directory.Exists(control.NginxFolder)) Directory.Delete(control.NginxFolder, recursive: true);
    }

    /// <summary>
    /// The children themselves died with the supervisor (see <see cref="Launcher"/>). What they started is found by its
    /// session, whose number is the child's pid; it is theirs unless that pid now is another process.
    /// </summary>
    private static void KillSessions(Dictionary<int, ProcFile.Identity> leaders)
    {
        var all = ProcFile.All().ToList();
        var reused = all
            .Where(process => leaders.TryGetValue(process.Pid, out var leader) && process.StartTicks != leader.StartTicks)
            .Select(process => process.Pid).ToHashSet();
        foreach (var process in all.Where(process => leaders.ContainsKey(process.Session) && !reused.Contains(process.Session)))
            PidDescriptor.Signal(process.Pid, Posix.SigKill, pid => ProcFile.Identify(pid) == process);
    }
}
