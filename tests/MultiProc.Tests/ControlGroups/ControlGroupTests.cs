using MultiProc.ControlGroups;

namespace MultiProc.Tests.ControlGroups;

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

    [Theory]
    [InlineData("0::/\n", "")]
    [InlineData("0::/multiproc-supervisor\n", "")]
    [InlineData("0::/a.service/multiproc-supervisor/multiproc-supervisor\n", "/a.service")]
    public void FindUnified_WhoStartedUsWasMovedIntoALeaf_TheGroupAboveIt(string own, string folder) => Assert.Equal(
        new ControlGroupController("cgroup", Version: 2, "/sys/fs/cgroup" + folder),
        ControlGroupController.FindUnified(Version2Mounts, own));

    [Fact]
    public void FindUnified_Version1Only_Null() =>
        Assert.Null(ControlGroupController.FindUnified("cgroup /sys/fs/cgroup/cpu cgroup rw,cpu 0 0\n", "2:cpu:/\n"));

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
    [InlineData(1, "cpu.cfs_quota_us=1000 cpu.cfs_period_us=10000", 0.1)]
    [InlineData(1, "cpu.cfs_quota_us=-1 cpu.cfs_period_us=10000", null)]
    [InlineData(2, "cpu.max=5000_10000", 0.5)]
    [InlineData(2, "cpu.max=max_10000", null)]
    public void ReadCpu_Files_Cores(int version, string files, double? cores) =>
        Assert.Equal(cores, ControlGroupSetting.ReadCpu(version, name => Value(files, name)));

    [Theory]
    [InlineData(1, "memory.limit_in_bytes=67108864", 64)]
    [InlineData(1, "memory.limit_in_bytes=9223372036854771712", null)]
    [InlineData(2, "memory.max=67108864", 64)]
    [InlineData(2, "memory.max=max", null)]
    public void ReadMemory_Files_MiB(int version, string files, int? mebibytes) =>
        Assert.Equal(mebibytes, ControlGroupSetting.ReadMemory(version, name => Value(files, name)));

    [Theory]
    [InlineData("nr_periods 10\nnr_throttled 4\nthrottled_time 1500000000\n", 1.5)]
    [InlineData("usage_usec 9\nnr_periods 10\nnr_throttled 4\nthrottled_usec 1500000\n", 1.5)]
    public void Parse_Throttling_BothVersions(string stat, double seconds) =>
        Assert.Equal(new Throttling(10, 4, seconds), Throttling.Parse(stat));

    [Fact]
    public void Parse_StatWithoutLimit_Null() => Assert.Null(Throttling.Parse("usage_usec 9\n"));

    [Theory]
    [InlineData(1, "memory.limit_in_bytes")]
    [InlineData(2, "memory.max")]
    public void Memory_MiB_Bytes(int version, string file) =>
        Assert.Equal(new ControlGroupSetting(file, "67108864"), ControlGroupSetting.Memory(version, 64));

    /// <summary>FILE=TEXT, several with blanks between; an underscore is a blank.</summary>
    private static string Value(string files, string name) =>
        files.Split(' ').Select(file => file.Split('=')).Single(file => file[0] == name)[1].Replace('_', ' ');
}
