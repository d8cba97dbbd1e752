using Blobs.TestSupport;
using StudyPlan.Studies;

namespace StudyPlan.Tests.Studies;

public sealed class BlobsFolderTests : IDisposable
{
    private readonly TempDirectory _temp = new();

    [Fact]
    public void Claim_NewFolder_CanBeReleasedWithAllThatIsInIt()
    {
        var folder = _temp["blobs"];
        BlobsFolder.Claim(folder);
        Directory.CreateDirectory(Path.Combine(folder, "user", "deep"));
        File.WriteAllText(Path.Combine(folder, "user", "deep", "blob"), "x");
        Assert.Null(BlobsFolder.FindProblem(folder));
        BlobsFolder.Claim(folder);
        BlobsFolder.Release(folder);
        Assert.False(Directory.Exists(folder));
    }

    [Fact]
    public void FolderOfSomebodyElse_IsRefusedAndNeverReleased()
    {
        var folder = _temp["blobs"];
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "precious"), "mine");
        Assert.Contains("was not made by this script", BlobsFolder.FindProblem(folder), StringComparison.Ordinal);
        BlobsFolder.Release(folder);
        Assert.True(File.Exists(Path.Combine(folder, "precious")));
    }

    [Fact]
    public void Release_LinksInIt_AreRemovedAndNotFollowed()
    {
        var (folder, elsewhere) = (_temp["blobs"], _temp["elsewhere"]);
        Directory.CreateDirectory(elsewhere);
        File.WriteAllText(Path.Combine(elsewhere, "precious"), "mine");
        BlobsFolder.Claim(folder);
        File.CreateSymbolicLink(Path.Combine(folder, "link"), elsewhere);
        Directory.CreateDirectory(Path.Combine(folder, "user"));
        File.CreateSymbolicLink(Path.Combine(folder, "user", "link"), elsewhere);
        BlobsFolder.Release(folder);
        Assert.True(File.Exists(Path.Combine(elsewhere, "precious")));
        Assert.False(Directory.Exists(folder));
    }

    [Fact]
    public async Task EmptyCommand_NameWithAQuote_LeavesTheMarkerAlone()
    {
        var folder = _temp["it's here"];
        BlobsFolder.Claim(folder);
        Directory.CreateDirectory(Path.Combine(folder, "user"));
        var (exitCode, _, error) = await ChildProcess.RunAsync("sh", ["-c", BlobsFolder.EmptyCommand(folder)]);
        Assert.True(exitCode == 0, error);
        Assert.Equal([".made-by-run-test"], new DirectoryInfo(folder).EnumerateFileSystemInfos().Select(entry => entry.Name));
    }

    public void Dispose() => _temp.Dispose();
}
