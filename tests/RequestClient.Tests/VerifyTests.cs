using Blobs.TestSupport;
using RequestClient.Tests.Servers;

namespace RequestClient.Tests;

/// <summary>The check of blobs on a disk.</summary>
public sealed class VerifyTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task BlobsAsPut_Right()
    {
        await StoreAsync(20);
        var (exitCode, output, _) = await VerifyAsync("--count", "20", "--size", "3");
        Assert.Equal((0, "20 blobs right, 0 wrong"), (exitCode, output.TrimEnd()));
    }

    [Fact]
    public async Task DamagedMisplacedAndMissingBlobs_Named()
    {
        await StoreAsync(20);
        var files = Directory.GetFiles(_directory.FullPath, "*", SearchOption.AllDirectories);
        var bytes = File.ReadAllBytes(files[0]);
        bytes[1234] ^= 1;
        File.WriteAllBytes(files[0], bytes);
        File.Copy(files[2], files[1], overwrite: true);
        File.Move(files[3], Path.Combine(_directory.FullPath, "study", "default", Path.GetFileName(files[3])));
        var (exitCode, output, errors) = await VerifyAsync("--count", "20");
        Assert.Equal((1, "17 blobs right, 3 wrong"), (exitCode, output.TrimEnd()));
        Assert.Contains($"{files[0]}: byte 1234 is wrong", errors, StringComparison.Ordinal);
        Assert.Contains($"{files[1]}: holds another blob", errors, StringComparison.Ordinal);
        Assert.Contains("not where the layout puts it", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task NoSuchUser_OneLine()
    {
        var (exitCode, _, errors) = await VerifyAsync("--user", "nobody");
        Assert.Equal(1, exitCode);
        Assert.Single(errors.TrimEnd().Split('\n'));
    }

    private async Task StoreAsync(int count)
    {
        var store = new BlobStore();
        await using var server = new RawServer(store.Answer);
        Assert.Equal(0, (await Client.RunAsync(server.Url, $"{count}", "3", "--put")).ExitCode);
        foreach (var (path, blob) in store.Blobs)
        {
            var id = path.Split('/')[^1];
            var place = Directory.CreateDirectory(
                Path.Combine(_directory.FullPath, "study", "default", id[..1], id[..3], id[..6]));
            await File.WriteAllBytesAsync(Path.Combine(place.FullName, id), blob);
        }
    }

    private Task<(int ExitCode, string Output, string Errors)> VerifyAsync(params string[] arguments) =>
        Client.CallAsync(["verify", _directory.FullPath, .. arguments])!;
}
