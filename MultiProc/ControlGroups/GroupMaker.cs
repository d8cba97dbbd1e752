using System.Diagnostics;

namespace MultiProc.ControlGroups;

/// <summary>
/// Where the kernel lets this process make groups, and those that it made. One group a process measures its whole tree,
/// whatever that starts and wherever it ends; groups that limit are made when somebody first asks for a limit, because
/// the scheduler shares processors out among groups, and a study without limits is to be scheduled as its programs are
/// anywhere else.
/// </summary>
internal sealed class GroupMaker
{
    private readonly List<string> _made = [];
    private readonly Lock _lock = new();
    private readonly Action<string> _announce;

    private GroupMaker(
        ControlGroupController? meter, ControlGroupController? cpu, ControlGroupController? memory, Action<string> announce) =>
        (Meter, Cpu, Memory, _announce) = (meter, cpu, memory, announce);

    /// <summary>Null where no group can be made only to measure.</summary>
    public ControlGroupController? Meter { get; }

    public ControlGroupController? Cpu { get; }

    public ControlGroupController? Memory { get; }

    /// <summary>Looks at what the kernel offers, and tries it.</summary>
    /// <param name="announce">Told each folder before it is made: who is killed in between must leave nothing that nobody knows
    /// of.</param>
    public static GroupMaker Find(Action<string> announce)
    {
        var cpu = ControlGroupFolder.Find("cpu");
        var account = ControlGroupFolder.Find("cpuacct");
        // Mounted together, as most distributions with version 1 do, both are one group: a member is scheduled by it.
        var meter = account is { Version: 1 } && account.Folder != cpu?.Folder ? account : ControlGroupFolder.FindUnified();
        return new GroupMaker(CanBeUsed(meter, announce) ? meter : null, cpu, ControlGroupFolder.Find("memory"), announce);
    }

    /// <summary>One that finds nothing, so that trees are measured by looking at all processes.</summary>
    public static GroupMaker None() => new(meter: null, cpu: null, memory: null, announce: _ => { });

    public ProcessGroups For(string name) => new(this, $"multiproc-{Environment.ProcessId}-{name}");

    public string Make(ControlGroupController controller, string name)
    {
        var folder = Path.Combine(controller.Folder, name);
        lock (_lock)
        {
            if (!_made.Contains(folder))
            {
                _announce(folder);
                _made.Add(folder);
            }
        }

        Directory.CreateDirectory(folder);
        return folder;
    }

    public void Remove()
    {
        lock (_lock) ControlGroupFolder.Remove(_made);
    }

    /// <summary>Whether a group can be made there and joined: making it may be allowed where joining is not.</summary>
    private static bool CanBeUsed(ControlGroupController? controller, Action<string> announce)
    {
        if (controller is null) return false;
        var folder = Path.Combine(controller.Folder, $"multiproc-{Environment.ProcessId}-try");
        announce(folder);
        try
        {
            Directory.CreateDirectory(folder);
            var start = new ProcessStartInfo("sh", ["-c", "echo $$ >\"$1/cgroup.procs\"", "sh", folder])
            {
                RedirectStandardError = true,
            };
            using var member = Process.Start(start)!;
            member.WaitForExit();
            return member.ExitCode == 0;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
        finally
        {
            ControlGroupFolder.Remove([folder]);
        }
    }
}
