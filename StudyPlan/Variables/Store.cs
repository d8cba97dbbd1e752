namespace StudyPlan.Variables;

/// <summary>A store that a study starts behind its workers.</summary>
/// <param name="Name">One word, for the plan: redis.</param>
/// <param name="Command">What MultiProc starts, with {dir} and {storeport}; empty: nothing.</param>
internal sealed record Store(string Name, string Command)
{
    public const string Folder = "stores";

    /// <summary>The blobs server without a store, beside others that have one: its blobs are files.</summary>
    public const string Disk = StudyResults.PlannedRun.Disk;

    private const string RadosGateway = "radosgw";

    /// <summary>Where a store keeps its files, below the directory of the blobs.</summary>
    public const string Place = ".store";

    /// <summary>Whether something is started for it.</summary>
    public bool IsStarted => Command.Length > 0;

    /// <summary>Whether the blobs server can use it; a command of somebody's own may be anything.</summary>
    public bool KeepsBlobs => Name is not ("redis" or "tarantool") || !Command.StartsWith($"{Folder}/", StringComparison.Ordinal);

    /// <summary>
    /// What the blobs server is told. Ceph keeps more than DURABILITY=none asks for, and cannot be asked for less.
    /// </summary>
    public string WordsForBlobs(string durability) =>
        (Name == RadosGateway ? "" : $" --durability {durability}") + (IsStarted ? " --store {store}" : "");

    /// <summary>How long its start takes beside that of the servers: Ceph's monitor, disk and gateway wait for each other.</summary>
    public static double StartSeconds(string? name) => name == RadosGateway ? 23 : 0;

    /// <summary>The stores that a value of STORE names, or why it names none.</summary>
    public static (IReadOnlyList<Store> Stores, string? Problem) Read(string value)
    {
        if (value.Length == 0) return ([], null);
        if (value.Contains('{', StringComparison.Ordinal)) return ReadCommand(value);
        var stores = new List<Store>();
        foreach (var name in value.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (name != Disk && !Programs.IsThere(Path.Combine(Folder, name)))
            {
                return ([], $"STORE='{value}': there is no {Folder}/{name}; wanted: some of {string.Join(' ', Known())}, "
                    + $"{Disk} for the blobs server's files, or one command with {{dir}} and {{storeport}}");
            }

            if (stores.Any(store => store.Name == name)) return ([], $"STORE='{value}': {name} stands there twice");
            stores.Add(new Store(name, name == Disk ? "" : $"{Folder}/{name} {{dir}}/{Place} {{storeport}}"));
        }

        return (stores, null);
    }

    private static (IReadOnlyList<Store> Stores, string? Problem) ReadCommand(string command)
    {
        var words = command.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (!command.Contains("{storeport}", StringComparison.Ordinal))
            return ([], $"STORE='{command}': a command says where the store listens; wanted: {{storeport}} in it");
        return !Programs.IsThere(words[0])
            ? ([], $"STORE='{command}': {words[0]} is no program that can be run")
            : (
            [
                new Store(Path.GetFileName(words[0]), command.Replace("{dir}", $"{{dir}}/{Place}", StringComparison.Ordinal))
            ], null);
    }

    private static IEnumerable<string> Known() => !Directory.Exists(Folder) ? []
        : Directory.EnumerateFiles(Folder).Where(Programs.IsThere).Select(file => Path.GetFileName(file))
            .Order(StringComparer.Ordinal);
}
