namespace Blobs.TestSupport;

/// <summary>A directory of its own for one test, gone when the test ends.</summary>
public sealed class TempDirectory : IDisposable
{
    public TempDirectory() => FullPath = Directory.CreateTempSubdirectory("blobs-test-").FullName;

    public string FullPath { get; }

    /// <summary>A path inside the directory; nothing is made.</summary>
    public string this[string name] => Path.Combine(FullPath, name);

    public void Dispose() => Directory.Delete(FullPath, recursive: true);
}
