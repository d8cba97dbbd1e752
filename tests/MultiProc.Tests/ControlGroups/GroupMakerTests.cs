using MultiProc.ControlGroups;

namespace MultiProc.Tests.ControlGroups;

public sealed class GroupMakerTests
{
    /// <summary>A supervisor that is killed between the two would leave a group of which its janitor knows nothing.</summary>
    [Fact]
    public void For_AnnouncesAGroupBeforeItIsThere()
    {
        var announced = new List<(string Folder, bool IsThere)>();
        var maker = GroupMaker.Find(folder => announced.Add((folder, Directory.Exists(folder))));
        Assert.SkipWhen(maker.Meter is null, "this user can make no control groups");
        _ = maker.For("announced");
        try
        {
            Assert.Equal(Path.Combine(maker.Meter!.Folder, $"multiproc-{Environment.ProcessId}-announced"), announced[^1].Folder);
            Assert.True(Directory.Exists(announced[^1].Folder));
            Assert.DoesNotContain(announced, group => group.IsThere);
        }
        finally
        {
            maker.Remove();
        }

        Assert.False(Directory.Exists(announced[^1].Folder));
    }
}
