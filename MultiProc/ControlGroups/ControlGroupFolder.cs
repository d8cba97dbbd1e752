using System.Globalization;

namespace MultiProc.ControlGroups;

/// <summary>The files of control groups, which the kernel makes and removes with their folder.</summary>
internal static class ControlGroupFolder
{
    /// <summary>Where this process goes when it can't stay in its group.</summary>
    public const string Leaf = "multiproc-supervisor";

    private const int MostTries = 100;

    private static readonly TimeSpan RemovalPatience = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    public static ControlGroupController? Find(string name) => ControlGroupController.Find(
        name,
        File.ReadAllText("/proc/self/mounts"),
        File.ReadAllText("/proc/self/cgroup"),
        folder => File.Exists(folder + "/cgroup.controllers") ? File.ReadAllText(folder + "/cgroup.controllers") : null);

    public static ControlGroupController? FindUnified() =>
        ControlGroupController.FindUnified(File.ReadAllText("/proc/self/mounts"), File.ReadAllText("/proc/self/cgroup"));

    /// <summary>
    /// Lets groups below this process's own have the controllers. Version 2 allows that only where no process is in the
    /// group itself (cgroups(7), "no internal processes"), so this process moves down first, into a leaf, and with it
    /// whoever else is there: our janitor, and in a container what started us.
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
            var leaf = Directory.CreateDirectory(Path.Combine(folder, Leaf)).FullName;
            MoveAll(() => Members(folder), leaf);
            File.WriteAllText(folder + "/cgroup.subtree_control", wanted);
        }
    }

    public static IReadOnlyList<int> Members(string folder) =>
        [.. File.ReadLines(folder + "/cgroup.procs").Select(line => int.Parse(line, CultureInfo.InvariantCulture))];

    /// <summary>Moves processes, and those that they start meanwhile.</summary>
    /// <param name="members">Those that there are; asked again until none is new.</param>
    /// <param name="group">Where they are to go.</param>
    public static void MoveAll(Func<IReadOnlyList<int>> members, string group)
    {
        var moved = new HashSet<int>();
        for (var tries = 0; tries < MostTries; tries++)
        {
            var left = members().Where(moved.Add).ToList();
            if (left.Count == 0) return;
            foreach (var pid in left) Move(pid, group);
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

    private static void Move(int pid, string group)
    {
        try
        {
            File.WriteAllText(group + "/cgroup.procs", pid.ToString(CultureInfo.InvariantCulture));
        }
        catch (IOException) when (!Directory.Exists($"/proc/{pid}"))
        {
            // It has ended, which is as good.
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
