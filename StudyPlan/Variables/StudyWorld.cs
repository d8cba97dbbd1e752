using System.Globalization;

namespace StudyPlan.Variables;

/// <summary>What the variables name that lies in the checkout: the server, its stores, its actions.</summary>
internal sealed record StudyWorld
{
    /// <summary>A worker's command without the words that a way in, or the blobs server's store, asks for.</summary>
    public required string Worker { get; init; }

    /// <summary>Whether the worker is the blobs server, which knows every way in and counts its requests.</summary>
    public required bool IsBlobsServer { get; init; }

    /// <summary>The worker's project, below the checkout; null for somebody else's server.</summary>
    public required string? Project { get; init; }

    public required IReadOnlyList<Store> Stores { get; init; }

    /// <summary>What is asked of the server.</summary>
    public required AskedActions Asked { get; init; }

    /// <summary>What is run before each measured run; empty: nothing.</summary>
    public required string Reset { get; init; }

    /// <summary>The files that say what is asked of the server.</summary>
    public IEnumerable<string> ActionFiles => [Asked.DescribedIn, .. Asked.Feeds];

    /// <summary>
    /// Looks everything up; a line for each variable that names what is not there, or does not go with another.
    /// </summary>
    public static (StudyWorld? World, IReadOnlyList<string> Problems) Find(Values values)
    {
        var (service, noService) = Service.Find(values["SERVICE"]);
        var (stores, noStore) = Store.Read(values["STORE"]);
        var (actions, noActions) = noService is null ? AskedActions.Read(values, service) : (null, null);
        var problems = new List<string?> { noService, noStore, noActions };
        if (noStore is null) problems.Add(ProblemOfStore(values, service));
        problems.AddRange(ProblemsTogether(values, service, stores));
        var found = problems.OfType<string>().ToList();
        return found.Count > 0 ? (null, found) : (new StudyWorld
        {
            Worker = WorkerOf(values, service),
            IsBlobsServer = service is null && values["SERVER"].Length == 0,
            Project = service?.Folder ?? (values["SERVER"].Length > 0 ? null : "BlobsServer"),
            Stores = stores,
            Asked = actions!,
            Reset = service?.Reset ?? "",
        }, []);
    }

    private static string? ProblemOfStore(Values values, Service? service) =>
        service is not null && values["STORE"].Length == 0
            ? $"SERVICE='{values["SERVICE"]}' keeps its state in one of several stores; wanted: STORE, for instance STORE=redis"
            : null;

    private static IEnumerable<string> ProblemsTogether(Values values, Service? service, IReadOnlyList<Store> stores)
    {
        if (values["TRACE"].Length > 0 && values["FEED"].Length > 0)
            yield return "FEED and TRACE: a trace holds the values of its operations: leave FEED out";
        if (values["TRACE"].Length > 0 && values["CAPACITY"].Length > 0)
            yield return "CAPACITY and TRACE: a trace says itself how much is asked for: leave CAPACITY out";
        if (!stores.All(store => store.IsStarted) && (service is not null || values["SERVER"].Length > 0))
            yield return $"STORE={Store.Disk} is where the blobs server has its files: leave it out for another server";
        if ((stores.Count == 0 || !stores.All(store => store.IsStarted)) && values["STORE_CPU_LIMIT"].Length > 0)
            yield return $"STORE_CPU_LIMIT limits a store, and there is none: set STORE too, and not to {Store.Disk}";
        if (values["PROXY_CPU_LIMIT"].Length > 0 && !values.Words("PROXY").Any(WaysIn.HasProxy))
            yield return $"PROXY_CPU_LIMIT limits a proxy, and PROXY='{values["PROXY"]}' has none: leave it out";
        if (values["SERVER"].Contains("{store}", StringComparison.Ordinal) && stores.Count == 0 && values["STORE"].Length == 0)
            yield return $"SERVER='{values["SERVER"]}' mentions {{store}}, and there is none: set STORE too";
        var mentionsFront = values["SERVER"].Contains("{front}", StringComparison.Ordinal);
        if (values["SERVER"].Length > 0 && values.Words("PROXY").Contains(WaysIn.SharedPort) && !mentionsFront)
            yield return $"PROXY={WaysIn.SharedPort}: SERVER must listen on {{front}} beside {{port}}, with SO_REUSEPORT";
        if (service is not null && values.Words("PROXY").FirstOrDefault(wayIn => WaysIn.Words(wayIn).Length > 0) is { } special)
        {
            yield return $"PROXY={special}: only the blobs server listens so; "
                + "wanted with SERVICE: direct haproxy haproxy-tcp haproxy-hash nginx";
        }

        var counts = values.Words("PROCS").Select(word => int.Parse(word, CultureInfo.InvariantCulture)).ToList();
        if (!values.Words("PROXY").Any(wayIn => counts.Exists(procs => WaysIn.LeadsTo(wayIn, procs))))
            yield return $"PROXY={WaysIn.Direct} is one process without a proxy: have 1 among the PROCS";
        if (service is null && values["SERVER"].Length == 0 && stores.FirstOrDefault(store => !store.KeepsBlobs) is { } foreign)
        {
            yield return $"STORE={foreign.Name}: the blobs server can't keep blobs there; "
                + $"wanted: some of {Store.Disk} postgresql radosgw, or a SERVICE or SERVER that uses it";
        }

        if (values["SERVER"].Split(' ')[0] is { Length: > 0 } program && !IsBuiltLater(program) && !Programs.IsThere(program))
        {
            yield return $"SERVER='{values["SERVER"]}': {program} is no program that can be run; "
                + "wanted: build or install it first";
        }

        if (CpuSets.FindProblem(values.Words("PIN"), File.ReadAllText("/sys/devices/system/cpu/online").Trim()) is { } absent)
            yield return absent;
        foreach (var problem in Ports.FindProblems(values, stores.Any(store => store.IsStarted))) yield return problem;
    }

    /// <summary>What lies in artifacts/ is built after this, where it is a service's.</summary>
    private static bool IsBuiltLater(string program) => program.StartsWith("artifacts/", StringComparison.Ordinal);

    private static string WorkerOf(Values values, Service? service)
    {
        if (values["SERVER"].Length > 0) return values["SERVER"];
        return service?.Command ?? "artifacts/bin/BlobsServer/release/BlobsServer {dir} {port}";
    }
}
