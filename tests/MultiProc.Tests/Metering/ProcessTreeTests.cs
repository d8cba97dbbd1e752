using MultiProc.Metering;
using MultiProc.Processes;

namespace MultiProc.Tests.Metering;

public sealed class ProcessTreeTests
{
    private const int Marked = 77;
    private readonly ProcessTree _tree = new(pid => pid == Marked);

    [Fact]
    public void Look_ChildrenAndTheirs_Summed()
    {
        _tree.Follow(10);
        Look(One(10, own: 1), One(11, parent: 10, own: 2), One(12, parent: 11, own: 4), One(20, session: 20, own: 8));
        Assert.Equal(7, _tree.Cpu.TotalSeconds);
        Assert.Equal([10, 11, 12], _tree.Members.Select(member => member.Pid).Order());
    }

    [Fact]
    public void Look_ChildIsAdoptedAndLeadsASession_StillAMember()
    {
        _tree.Follow(10);
        Look(One(10, own: 1), One(11, parent: 10, session: 11, own: 2));
        Look(One(10, own: 1), One(11, parent: 1, session: 11, own: 5), One(12, parent: 1, session: 11, own: 7));
        Assert.Equal(13, _tree.Cpu.TotalSeconds);
    }

    [Fact]
    public void Look_ChildEndsAndItsParentAskedAfterIt_CountedOnce()
    {
        _tree.Follow(10);
        Look(One(10, own: 1), One(11, parent: 10, own: 2));
        Look(One(10, own: 1, children: 3));
        Assert.Equal(4, _tree.Cpu.TotalSeconds);
    }

    [Fact]
    public void Look_AdoptedOneEnds_KeptAsLastSeen()
    {
        _tree.Follow(10);
        Look(One(10, own: 1), One(11, parent: 10, own: 2));
        Look(One(10, own: 1), One(11, parent: 1, own: 5, children: 1));
        Look(One(10, own: 1));
        Assert.Equal(7, _tree.Cpu.TotalSeconds);
    }

    [Fact]
    public void Look_AllEndAndAnotherBegins_GoesOn()
    {
        _tree.Follow(10);
        Look(One(10, own: 1), One(11, parent: 10, own: 2));
        _tree.Follow(30);
        Look(One(30, session: 30, own: 4));
        Assert.Equal(7, _tree.Cpu.TotalSeconds);
    }

    [Fact]
    public void Look_PidIsUsedAgainBySomebodyElse_NoMember()
    {
        _tree.Follow(10);
        Look(One(10, own: 1), One(11, parent: 10, own: 2));
        Look(One(10, own: 1, children: 2), One(11, parent: 1, session: 40, own: 100) with { StartTicks = 999 });
        Assert.Equal(3, _tree.Cpu.TotalSeconds);
    }

    [Fact]
    public void Look_NeverSeenWithItsParentButMarked_MemberWithItsChildren()
    {
        _tree.Follow(10);
        Look(One(10, own: 1), One(Marked, parent: 1, session: Marked, own: 2), One(78, parent: Marked, session: Marked, own: 4));
        Assert.Equal(7, _tree.Cpu.TotalSeconds);
    }

    private static ProcessEntry One(int pid, int parent = 1, int session = 10, double own = 0, double children = 0) =>
        new(pid, parent, session, StartTicks: pid, TimeSpan.FromSeconds(own), TimeSpan.FromSeconds(children));

    private void Look(params ProcessEntry[] entries) => _tree.Look(new ProcessTable(entries), _ => null);
}
