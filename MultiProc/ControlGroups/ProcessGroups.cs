using System.Collections.Immutable;
using System.Globalization;

namespace MultiProc.ControlGroups;

/// <summary>The groups of one supervised process, whichever process that is at the time, and of all that it starts.</summary>
internal sealed class ProcessGroups
{
    private readonly GroupMaker _maker;
    private readonly string _name;
    private readonly string? _meter;
    private string? _cpu;
    private string? _memory;

    public ProcessGroups(GroupMaker maker, string name)
    {
        (_maker, _name) = (maker, name);
        if (maker.Meter is { } controller) _meter = maker.Make(controller, name);
    }

    /// <summary>What its next start has to join.</summary>
    public ImmutableArray<string> Joined => [.. new[] { _meter, _cpu, _memory }.OfType<string>().Distinct()];

    /// <summary>Whether the kernel tells what the whole tree used.</summary>
    public bool Measure => _meter is not null;

    /// <summary>User and system time of all members there ever were.</summary>
    public TimeSpan CpuTime()
    {
        if (_maker.Meter!.Version == 1)
            return TimeSpan.FromTicks(ReadLong(_meter!, "cpuacct.usage") / TimeSpan.NanosecondsPerTick);
        const string name = "usage_usec ";
        var line = File.ReadLines(Path.Combine(_meter!, "cpu.stat"))
            .First(line => line.StartsWith(name, StringComparison.Ordinal));
        return TimeSpan.FromMicroseconds(long.Parse(line.AsSpan(name.Length), CultureInfo.InvariantCulture));
    }

    /// <summary>The processes of the tree, now.</summary>
    public IReadOnlyList<int> Members() => ControlGroupFolder.Members(_meter!);

    /// <summary>
    /// Limits its processor time from now on; null takes the limit away. What is wrong and what to do, or null.
    /// </summary>
    /// <param name="cores">Cores that all members together may use.</param>
    /// <param name="running">The tree's processes, for a group that is made only now.</param>
    public string? LimitCpu(double? cores, Func<IReadOnlyList<int>> running)
    {
        if (_cpu is null && cores is null) return null;
        if (_maker.Cpu is not { } controller) return "the kernel offers no cpu controller (cgroups(7)): leave out the limit";
        return Try(controller, () =>
        {
            if (_cpu is null)
            {
                if (controller.Version == 2) ControlGroupFolder.EnableBelow(controller.Folder, [controller.Name]);
                var group = _maker.Make(controller, _name);
                if (group != _meter) ControlGroupFolder.MoveAll(running, group);
                _cpu = group;
            }

            foreach (var setting in ControlGroupSetting.Cpu(controller.Version, cores)) ControlGroupFolder.Write(_cpu, setting);
        });
    }

    /// <summary>Limits its memory, from its next start on.</summary>
    public string? LimitMemory(int mebibytes)
    {
        if (_maker.Memory is not { } controller)
            return "the kernel offers no memory controller (cgroups(7)): leave out the limit";
        return Try(controller, () =>
        {
            if (controller.Version == 2) ControlGroupFolder.EnableBelow(controller.Folder, [controller.Name]);
            _memory = _maker.Make(controller, _name);
            ControlGroupFolder.Write(_memory, ControlGroupSetting.Memory(controller.Version, mebibytes));
        });
    }

    /// <summary>The limit in force, as the kernel has it; null when there is none.</summary>
    public double? CpuCores() => _cpu is null ? null : ControlGroupSetting.ReadCpu(_maker.Cpu!.Version, file => Read(_cpu, file));

    /// <summary>The limit in force, as the kernel has it; null when there is none.</summary>
    public int? MemoryMiB() =>
        _memory is null ? null : ControlGroupSetting.ReadMemory(_maker.Memory!.Version, file => Read(_memory, file));

    /// <summary>What the limit of processor time did; null without one.</summary>
    public Throttling? Throttling() => CpuCores() is null ? null : ControlGroups.Throttling.Parse(Read(_cpu!, "cpu.stat"));

    private static string? Try(ControlGroupController controller, Action change)
    {
        try
        {
            change();
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return $"can't make control groups in {controller.Folder}: {exception.Message.TrimEnd('.')}; "
                + "run it as root, or as a service with Delegate=yes, or without --cpu-limit and --memory-limit";
        }
    }

    private static string Read(string folder, string file) => File.ReadAllText(Path.Combine(folder, file)).Trim();

    private static long ReadLong(string folder, string file) => long.Parse(Read(folder, file), CultureInfo.InvariantCulture);
}
