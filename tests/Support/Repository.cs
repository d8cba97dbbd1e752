namespace Blobs.TestSupport;

/// <summary>Where the checkout and its built programs are.</summary>
public static class Repository
{
    /// <summary>The folder that holds Blobs.slnx.</summary>
    public static string Root { get; } = FindRoot(AppContext.BaseDirectory);

    /// <summary>A path inside the checkout.</summary>
    public static string PathOf(params string[] parts) => Path.Combine([Root, .. parts]);

    /// <summary>The built executable of a project, of the same configuration as the tests that ask.</summary>
    public static string Program(string project)
    {
        // Tests run from artifacts/bin/PROJECT.Tests/CONFIGURATION/.
        var configuration = Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));
        var path = PathOf("artifacts", "bin", project, configuration, project);
        return File.Exists(path) ? path : throw new FileNotFoundException($"{path} is not built: run 'make build'");
    }

    private static string FindRoot(string start)
    {
        for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Blobs.slnx"))) return folder.FullName;
        }

        throw new DirectoryNotFoundException($"no Blobs.slnx above {start}");
    }
}
