namespace MultiProc.ControlGroups;

/// <summary>Where this process stands in the kernel's hierarchy for one controller (cgroups(7)).</summary>
/// <param name="Name">cpu, cpuacct or memory; cgroup for version 2 itself.</param>
/// <param name="Version">1 or 2; a machine can have both, each with some of the controllers.</param>
/// <param name="Folder">The group that this process is in, below which it makes others.</param>
internal sealed record ControlGroupController(string Name, int Version, string Folder)
{
    /// <summary>Finds a controller; null when the kernel offers it nowhere.</summary>
    /// <param name="name">cpu or memory.</param>
    /// <param name="mounts">/proc/self/mounts.</param>
    /// <param name="ownGroups">/proc/self/cgroup.</param>
    /// <param name="readControllers">What cgroup.controllers of a folder holds; null when there is no such file.</param>
    public static ControlGroupController? Find(
        string name, string mounts, string ownGroups, Func<string, string?> readControllers)
    {
        var mounted = mounts.Split('\n').Select(line => line.Split(' ')).Where(fields => fields.Length > 3).ToList();
        var ours = ownGroups.Split('\n').Select(line => line.Split(':', 3)).Where(fields => fields.Length == 3).ToList();

        // Version 1: one mount a controller, named among its options; "ID:controllers:path".
        if (mounted.Find(fields => fields[2] == "cgroup" && fields[3].Split(',').Contains(name)) is [_, var folder, ..])
        {
            var path = ours.Find(fields => fields[1].Split(',').Contains(name))?[2] ?? "/";
            return new ControlGroupController(name, Version: 1, Join(folder, path));
        }

        // Version 2: one mount, "0::path".
        if (mounted.Find(fields => fields[2] == "cgroup2") is not [_, var unified, ..]) return null;
        var own = Join(unified, OwnUnified(ownGroups));
        return readControllers(own)?.Split(' ', '\n').Contains(name) == true
            ? new ControlGroupController(name, Version: 2, own)
            : null;
    }

    /// <summary>
    /// Version 2 without any controller: every group of it tells its members' processor time. Null where it is not mounted.
    /// </summary>
    /// <param name="mounts">/proc/self/mounts.</param>
    /// <param name="ownGroups">/proc/self/cgroup.</param>
    public static ControlGroupController? FindUnified(string mounts, string ownGroups) =>
        mounts.Split('\n').Select(line => line.Split(' ')).FirstOrDefault(fields => fields is [_, _, "cgroup2", ..])
            is [_, var unified, ..]
            ? new ControlGroupController("cgroup", Version: 2, Join(unified, OwnUnified(ownGroups)))
            : null;

    /// <summary>
    /// A supervisor before us may have moved whoever started us into its leaf (see <see cref="ControlGroupFolder"/>): then
    /// the group above is meant, or each start would go one deeper.
    /// </summary>
    private static string OwnUnified(string ownGroups)
    {
        var own = ownGroups.Split('\n').FirstOrDefault(line => line.StartsWith("0::", StringComparison.Ordinal))?[3..] ?? "/";
        const string leaf = "/" + ControlGroupFolder.Leaf;
        while (own.EndsWith(leaf, StringComparison.Ordinal)) own = own[..^leaf.Length];
        return own.Length == 0 ? "/" : own;
    }

    private static string Join(string folder, string path) => path == "/" ? folder : folder + path;
}
