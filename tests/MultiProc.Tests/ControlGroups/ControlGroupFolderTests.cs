using Blobs.TestSupport;
using MultiProc.ControlGroups;

namespace MultiProc.Tests.ControlGroups;

public sealed class ControlGroupFolderTests
{
    /// <summary>A shell that is moved forks meanwhile, and what it forked is in the group that it was in.</summary>
    [Fact(Timeout = 60_000)]
    public async Task MoveAll_OneMoreIsThereAndOneHasEnded_AllThatLiveAreMoved()
    {
        var maker = GroupMaker.Find(_ => { });
        Assert.SkipWhen(maker.Meter is null, "this user can make no control groups");
        await using ChildProcess first = ChildProcess.Start("sleep", ["60"]), forked = ChildProcess.Start("sleep", ["60"]);
        await using var ended = ChildProcess.Start("true", []);
        await ended.WaitForExitAsync();
        var group = maker.Make(maker.Meter!, $"multiproc-{Environment.ProcessId}-moved");
        try
        {
            var asked = 0;
            ControlGroupFolder.MoveAll(() => asked++ == 0 ? [first.Pid, ended.Pid] : [first.Pid, forked.Pid], group);
            Assert.Equal(new[] { first.Pid, forked.Pid }.Order(), ControlGroupFolder.Members(group).Order());
        }
        finally
        {
            foreach (var child in (ChildProcess[])[first, forked])
            {
                child.Signal("KILL");
                await child.WaitForExitAsync();
            }

            maker.Remove();
        }
    }
}
