using System.Globalization;

namespace MultiProc.Limits;

/// <summary>The files of control groups, which the kernel makes and removes with their folder.</summary>
internal static class ControlGroupFolder
{
    private static readonly TimeSpan RemovalPatience = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    public static ControlGroupController? Find(string name) => ControlGroupController.Find(
        name,
        File.ReadAllText("/proc/self/mounts"),
        File.ReadAllText("/proc/self/cgroup"),
        folder => File.Exists(folder + "/cgroup.controllers") ? File.ReadAllText(folder + "/cgroup.controllers") : null);

    /// <summary>
    /// Lets groups below this process's own have the controllers. Version 2 allows that only where no process is in the
    /// group itself (cgroups(7), "no internal processes"), so this process moves down first, into a leaf of its own.
    /// </summary>
    public static void EnableBelow(string folder, IEnumerable<string> controllers)
    {
        var wanted = string.Join(' ', controllers.Select(name => "+" + name));
        try
        {
            File.WriteAllText(folder + "/cgroup.subtree_control", wanted);
        }
        catch (IOException)
        {
            var leaf = Directory.CreateDirectory(folder + "/multiproc-supervisor").FullName;
            File.WriteAllText(leaf + "/cgroup.procs", Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
            File.WriteAllText(folder + "/cgroup.subtree_control", wanted);
        }
    }

    public static void Write(string folder, ControlGroupSetting setting) =>
        File.WriteAllText(Path.Combine(folder, setting.File), setting.Value);

    /// <summary>Removes groups; one that still has a dying member is tried for a second and then left.</summary>
    public static void Remove(IEnumerable<string> folders)
    {
        var left = folders.ToList();
        for (var waited = TimeSpan.Zero; waited < RemovalPatience; waited += Pause)
        {
            left.RemoveAll(IsGone);
            if (left.Count == 0) return;
            Thread.Sleep(Pause);
        }
    }

    private static bool IsGone(string folder)
    {
        try
        {
            // rmdir(2), not recursively: the kernel removes the files itself.
            Directory.Delete(folder);
            return true;
        }
        catch (DirectoryNotFoundException)
        {
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }
}
