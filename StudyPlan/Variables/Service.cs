namespace StudyPlan.Variables;

/// <summary>One of the services that are studied beside the blobs server: SERVICE=counter is services/Counter.</summary>
/// <param name="Folder">Where it lies: services/Counter.</param>
/// <param name="Program">What is run, below artifacts/.</param>
internal sealed record Service(string Folder, string Program)
{
    private const string All = "services";

    public string ActionFile => Path.Combine(Folder, "actions.conf");

    public string Name => Path.GetFileName(Folder).ToLowerInvariant();

    /// <summary>Whether it brings what run-test.sh needs before a study begins: a key, a feed.</summary>
    public bool PreparesStudies => File.Exists(Path.Combine(Folder, "study.sh"));

    /// <summary>
    /// The store that it keeps its state in, when it has what only one of them needs; null when there are several.
    /// </summary>
    public string? OnlyStore
    {
        get
        {
            var name = Path.Combine(Folder, Path.GetFileName(Folder));
            return (File.Exists(name + ".sql"), File.Exists(name + ".lua")) switch
            {
                (true, false) => "postgresql",
                (false, true) => "tarantool",
                _ => null,
            };
        }
    }

    /// <summary>A worker's command.</summary>
    public string Command => $"{Program} {{port}} --store {{store}}";

    /// <summary>What empties its store before each run.</summary>
    public string Reset => $"{Program} reset --store {{store}}";

    /// <summary>The service of that name, or why there is none.</summary>
    public static (Service? Service, string? Problem) Find(string name)
    {
        if (name.Length == 0) return (null, null);
        var folder = Folders()
            .FirstOrDefault(folder => string.Equals(Path.GetFileName(folder), name, StringComparison.OrdinalIgnoreCase));
        if (folder is null)
        {
            var known = Folders().Select(folder => Path.GetFileName(folder).ToLowerInvariant()).Order(StringComparer.Ordinal);
            return (null, $"SERVICE='{name}': there is none of that name; wanted: one of {string.Join(' ', known)}, "
                + "or nothing for the blobs server");
        }

        var project = Path.GetFileName(folder);
        return (new Service(folder, $"artifacts/bin/{project}/release/{project}"), null);
    }

    private static IEnumerable<string> Folders() => !Directory.Exists(All) ? []
        : Directory.EnumerateDirectories(All).Where(folder => File.Exists(Path.Combine(folder, "actions.conf")));
}
