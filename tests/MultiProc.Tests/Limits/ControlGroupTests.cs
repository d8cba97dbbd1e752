using MultiProc.ControlGroups;

namespace MultiProc.Tests.Limits;

public sealed class ControlGroupTests
{
    private const string Version1Mounts =
        """
        tmpfs /sys/fs/cgroup tmpfs rw 0 0
        cgroup /sys/fs/cgroup/cpu,cpuacct cgroup rw,relatime,cpu,cpuacct 0 0
        cgroup /sys/fs/cgroup/cpuset cgroup rw,relatime,cpuset 0 0
        cgroup /sys/fs/cgroup/memory cgroup rw,relatime,memory 0 0
        cgroup2 /sys/fs/cgroup/unified cgroup2 rw,relatime 0 0
        """;

    private const string Version1Own = "4:memory:/jobs/7\n2:cpu,cpuacct:/\n1:name=systemd:/x\n0::/x\n";
    private const string Version2Mounts = "cgroup2 /sys/fs/cgroup cgroup2 rw,nsdelegate 0 0\n";
    private const string Version2Own = "0::/system.slice/multiproc.service\n";

    [Theory]
    [InlineData("cpu", "/sys/fs/cgroup/cpu,cpuacct")]
    [InlineData("memory", "/sys/fs/cgroup/memory/jobs/7")]
    public void Find_Version1_OwnFolderOfTheController(string name, string folder) => Assert.Equal(
        new ControlGroupController(name, Version: 1, folder),
        ControlGroupController.Find(name, Version1Mounts, Version1Own, _ => "hugetlb"));

    [Theory]
    [InlineData("cpu io memory pids\n", true)]
    [InlineData("cpuset io memory\n", false)]
    [InlineData(null, false)]
    public void Find_Version2_OnlyWhatTheOwnGroupOffers(string? offered, bool isFound)
    {
        const string folder = "/sys/fs/cgroup/system.slice/multiproc.service";
        var controller = ControlGroupController.Find(
            "cpu", Version2Mounts, Version2Own, asked => asked == folder ? offered : null);
        Assert.Equal(isFound ? new ControlGroupController("cpu", Version: 2, folder) : null, controller);
    }

    [Fact]
    public void Find_HybridWithTheControllerInVersion2_Version2()
    {
        const string mounts =
            "cgroup /sys/fs/cgroup/memory cgroup rw,memory 0 0\ncgroup2 /sys/fs/cgroup/unified cgroup2 rw 0 0\n";
        Assert.Equal(
            new ControlGroupController("cpu", Version: 2, "/sys/fs/cgroup/unified"),
            ControlGroupController.Find("cpu", mounts, "3:memory:/\n0::/\n", _ => "cpu"));
    }

    [Fact]
    public void Find_NoneMounted_Null() =>
        Assert.Null(ControlGroupController.Find("cpu", "tmpfs /tmp tmpfs rw 0 0\n", "", _ => null));

    [Theory]
    [InlineData(1, 0.1, "cpu.cfs_period_us=10000 cpu.cfs_quota_us=1000")]
    [InlineData(1, 2.5, "cpu.cfs_period_us=10000 cpu.cfs_quota_us=25000")]
    [InlineData(1, 0.05, "cpu.cfs_period_us=20000 cpu.cfs_quota_us=1000")]
    [InlineData(1, null, "cpu.cfs_period_us=10000 cpu.cfs_quota_us=-1")]
    [InlineData(2, 0.5, "cpu.max=5000 10000")]
    [InlineData(2, 0.01, "cpu.max=1000 100000")]
    [InlineData(2, null, "cpu.max=max 10000")]
    public void Cpu_Cores_Files(int version, double? cores, string files) => Assert.Equal(
        files, string.Join(' ', ControlGroupSetting.Cpu(version, cores).Select(setting => $"{setting.File}={setting.Value}")));

    [Theory]
    [InlineData(1, "memory.limit_in_bytes")]
    [InlineData(2, "memory.max")]
    public void Memory_MiB_Bytes(int version, string file) =>
        Assert.Equal(new ControlGroupSetting(file, "67108864"), ControlGroupSetting.Memory(version, 64));
}
