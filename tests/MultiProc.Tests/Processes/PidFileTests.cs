using Blobs.TestSupport;
using MultiProc.Processes;

namespace MultiProc.Tests.Processes;

public sealed class PidFileTests
{
    [Fact]
    public void Read_AfterAnotherBoot_Nothing()
    {
        using var directory = new TempDirectory();
        var path = directory["x.pids"];
        string text;
        using (var before = PidFile.TryAcquire(path)!)
        {
            before.List([Environment.ProcessId], ["/sys/fs/cgroup/none"]);
            Assert.Equal(Environment.ProcessId, Assert.Single(before.Read().Leaders).Pid);
            text = File.ReadAllText($"/proc/self/fd/{Descriptor(path)}");
        }

        Assert.Contains("boot ", text, StringComparison.Ordinal);
        File.WriteAllText(path, text.Replace(File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim(), "another", StringComparison.Ordinal));
        using var after = PidFile.TryAcquire(path)!;
        Assert.Empty(after.Read().Leaders);
        Assert.Empty(after.Read().ControlGroups);
    }

    /// <summary>The list is locked against .NET's own opening.</summary>
    private static string Descriptor(string path) => Directory.GetFiles("/proc/self/fd")
        .Single(link => File.ResolveLinkTarget(link, returnFinalTarget: false)?.FullName == path).Split('/')[^1];
}
