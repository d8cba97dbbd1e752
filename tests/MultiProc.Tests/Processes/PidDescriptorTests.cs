using System.Diagnostics;
using MultiProc.Processes;

namespace MultiProc.Tests.Processes;

public sealed class PidDescriptorTests
{
    [Fact(Timeout = 60_000)]
    public async Task Signal_ProcessLives_ItGetsIt()
    {
        using var process = Process.Start("sleep", "60");
        using var hold = PidDescriptor.Open(process.Id);
        hold.Signal(Posix.SigTerm);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(128 + Posix.SigTerm, process.ExitCode);
    }

    [Fact(Timeout = 60_000)]
    public async Task Signal_ProcessHasEnded_NobodyGetsIt()
    {
        using var process = Process.Start("true");
        using var hold = PidDescriptor.Open(process.Id);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        hold.Signal(Posix.SigKill);
        // Nobody has that pid, and nobody is signalled in its place: not even all of our own group, as pid 0 would be.
        using var late = PidDescriptor.Open(process.Id);
        late.Signal(Posix.SigKill);
    }

    [Theory(Timeout = 60_000)]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Signal_SomebodyElsesChild_OnlyWhenItIsStillTheOneThatIsMeant(bool isStillIt)
    {
        using var process = Process.Start("sleep", "60");
        PidDescriptor.Signal(process.Id, Posix.SigTerm, pid => pid == process.Id && isStillIt);
        if (!isStillIt) process.Kill();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(128 + (isStillIt ? Posix.SigTerm : Posix.SigKill), process.ExitCode);
    }
}
