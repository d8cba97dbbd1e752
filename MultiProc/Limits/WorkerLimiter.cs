using MultiProc.Processes;

namespace MultiProc.Limits;

/// <summary>Gives each worker control groups of its own and sets their limits when they are due.</summary>
internal sealed class WorkerLimiter
{
    private readonly WorkerLimits _limits;
    private readonly ControlGroupController? _cpu;
    private readonly ControlGroupController? _memory;
    private readonly Dictionary<int, int> _limitedStartByIndex = [];
    private readonly List<string> _groups = [];

    private WorkerLimiter(WorkerLimits limits, ControlGroupController? cpu, ControlGroupController? memory) =>
        (_limits, _cpu, _memory) = (limits, cpu, memory);

    /// <summary>The groups that were made, to be removed in the end.</summary>
    public IReadOnlyList<string> Groups => _groups;

    /// <summary>Finds the controllers and tries them; the problem says what is missing and what to do.</summary>
    public static (WorkerLimiter? Limiter, string? Problem) Create(WorkerLimits limits)
    {
        var cpu = limits.CpuCores is null ? null : ControlGroupFolder.Find("cpu");
        var memory = limits.MemoryMiB is null ? null : ControlGroupFolder.Find("memory");
        if (limits.CpuCores is not null && cpu is null) return (null, Missing("cpu", "--cpu-limit"));
        if (limits.MemoryMiB is not null && memory is null) return (null, Missing("memory", "--memory-limit"));
        var limiter = new WorkerLimiter(limits, cpu, memory);
        try
        {
            limiter.Prepare();
            return (limiter, null);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            limiter.Remove();
            var folders = string.Join(" and ", limiter.Controllers.Select(controller => controller.Folder));
            return (null, $"can't make control groups in {folders}: {exception.Message.TrimEnd('.')}; "
                + "run it as root, or as a service with Delegate=yes, or without --cpu-limit and --memory-limit");
        }
    }

    private IEnumerable<ControlGroupController> Controllers => new[] { _cpu, _memory }.OfType<ControlGroupController>();

    /// <summary>Makes a worker's groups and its command one that joins them.</summary>
    public ProcessCommand Confine(ProcessCommand command, int index)
    {
        var groups = Controllers.Select(controller => GroupOf(controller, index)).Distinct().ToList();
        foreach (var group in groups)
        {
            Directory.CreateDirectory(group);
            if (!_groups.Contains(group)) _groups.Add(group);
        }

        if (_memory is not null && _limits.MemoryMiB is { } mebibytes)
            ControlGroupFolder.Write(GroupOf(_memory, index), ControlGroupSetting.Memory(_memory.Version, mebibytes));
        SetCpu(index, _limits.CpuAfter is null ? _limits.CpuCores : null);
        return command with { ControlGroups = [.. groups] };
    }

    /// <summary>When the worker's limit begins; null when that is over or not near.</summary>
    public TimeSpan? NextDue(Worker worker) =>
        _limits.CpuAfter is { } after && worker.Process.State == ProcessState.Ready && !IsLimited(worker)
            ? worker.Process.ReadyAt + after
            : null;

    /// <summary>Starts without a limit, so that compiling does not eat it, and limits when the time has come.</summary>
    public void LimitIfDue(Worker worker, TimeSpan now)
    {
        if (_limits.CpuAfter is null || IsLimited(worker)) return;
        if (worker.Process.State == ProcessState.Starting && _limitedStartByIndex.Remove(worker.Index))
            SetCpu(worker.Index, cores: null);
        if (NextDue(worker) is not { } due || now < due) return;
        SetCpu(worker.Index, _limits.CpuCores);
        _limitedStartByIndex[worker.Index] = worker.Process.Starts;
    }

    public void Remove() => ControlGroupFolder.Remove(_groups);

    private static string Missing(string controller, string option) =>
        $"the kernel offers no {controller} controller (cgroups(7)): leave out {option}";

    private static string GroupOf(ControlGroupController controller, int index) =>
        $"{controller.Folder}/multiproc-{Environment.ProcessId}-{Worker.NameOf(index)}";

    private bool IsLimited(Worker worker) =>
        _limitedStartByIndex.TryGetValue(worker.Index, out var start) && start == worker.Process.Starts;

    private void Prepare()
    {
        foreach (var folder in Controllers.Where(controller => controller.Version == 2).GroupBy(controller => controller.Folder))
            ControlGroupFolder.EnableBelow(folder.Key, folder.Select(controller => controller.Name));
        // Now rather than when the first worker is limited, which may be much later.
        Confine(new ProcessCommand([]), index: 1);
        SetCpu(index: 1, _limits.CpuCores);
    }

    private void SetCpu(int index, double? cores)
    {
        if (_cpu is null) return;
        foreach (var setting in ControlGroupSetting.Cpu(_cpu.Version, cores))
            ControlGroupFolder.Write(GroupOf(_cpu, index), setting);
    }
}
