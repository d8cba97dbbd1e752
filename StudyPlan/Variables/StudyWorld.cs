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

    public required IReadOnlyList<string> Actions { get; init; }

    public required string ActionFile { get; init; }

    /// <summary>The load that is replayed; null when actions are repeated.</summary>
    public TraceSummary? Trace { get; init; }

    /// <summary>What is run before each measured run; empty: nothing.</summary>
    public required string Reset { get; init; }

    /// <summary>The files that say what is asked of the server.</summary>
    public IEnumerable<string> ActionFiles(Values values) =>
        [ActionFile, .. ((string[])[values["TRACE"], values["FEED"]]) is var named && named.Any(file => file.Length > 0) ? named : ActionNames.Feeds(ActionFile)];

    /// <summary>Looks everything up; a line for each variable that names what is not there, or does not go with another.</summary>
    public static (StudyWorld? World, IReadOnlyList<string> Problems) Find(Values values)
    {
        var (service, noService) = Service.Find(values["SERVICE"]);
        var (stores, noStore) = Store.Read(values["STORE"]);
        var actionFile = service?.ActionFile ?? ActionNames.DefaultFile;
        var described = ActionNames.Described(actionFile);
        var (trace, noTrace) = TraceSummary.Read(values["TRACE"], [.. ActionNames.BuiltIn, .. described], actionFile);
        var actions = trace is not null ? [trace.Name]
            : values.Words("ACTIONS") is { Count: > 0 } named ? named
            : service is null ? ActionNames.BuiltIn : ActionNames.WithTheirFeeds(actionFile);
        var problems = new List<string?> { noService, noStore, noService is null ? noTrace : null };
        if (noService is null && values["TRACE"].Length == 0) problems.Add(ProblemOfActions(actions, described, actionFile, service));
        if (noStore is null) problems.Add(ProblemOfStore(values, service));
        problems.AddRange(ProblemsTogether(values, service, stores));
        var found = problems.OfType<string>().ToList();
        return found.Count > 0 ? (null, found) : (new StudyWorld
        {
            Worker = WorkerOf(values, service),
            IsBlobsServer = service is null && values["SERVER"].Length == 0,
            Project = service?.Folder ?? (values["SERVER"].Length > 0 ? null : "BlobsServer"),
            Stores = stores,
            Actions = actions,
            ActionFile = actionFile,
            Trace = trace,
            Reset = service?.Reset ?? "",
        }, []);
    }

    private static string? ProblemOfActions(IReadOnlyList<string> actions, IReadOnlyList<string> described, string file, Service? service)
    {
        var known = service is null ? [.. ActionNames.BuiltIn, .. described] : described;
        return actions.FirstOrDefault(action => !known.Contains(action)) is { } unknown
            ? $"ACTIONS='{string.Join(' ', actions)}': no action is called {unknown}; wanted: some of {string.Join(' ', known)}, or [{unknown}] in {file}"
            : null;
    }

    private static string? ProblemOfStore(Values values, Service? service) =>
        service is not null && values["STORE"].Length == 0 ? $"SERVICE='{values["SERVICE"]}' keeps its state in one of several stores; wanted: STORE, for instance STORE=redis" : null;

    private static IEnumerable<string> ProblemsTogether(Values values, Service? service, IReadOnlyList<Store> stores)
    {
        if (values["TRACE"].Length > 0 && values["FEED"].Length > 0) yield return "FEED and TRACE: a trace holds the values of its operations: leave FEED out";
        if (values["TRACE"].Length > 0 && values["CAPACITY"].Length > 0) yield return "CAPACITY and TRACE: a trace says itself how much is asked for: leave CAPACITY out";
        if (!stores.All(store => store.IsStarted) && (service is not null || values["SERVER"].Length > 0))
            yield return $"STORE={Store.Disk} is where the blobs server has its files: leave it out for another server";
        if ((stores.Count == 0 || !stores.All(store => store.IsStarted)) && values["STORE_CPU_LIMIT"].Length > 0)
            yield return $"STORE_CPU_LIMIT limits a store, and there is none: set STORE too, and not to {Store.Disk}";
        var mentionsFront = values["SERVER"].Contains("{front}", StringComparison.Ordinal);
        if (values["SERVER"].Length > 0 && values.Words("PROXY").Contains(WaysIn.SharedPort) && !mentionsFront)
            yield return $"PROXY={WaysIn.SharedPort}: SERVER must listen on {{front}} beside {{port}}, with SO_REUSEPORT";
        if (service is not null && values.Words("PROXY").FirstOrDefault(wayIn => WaysIn.Words(wayIn).Length > 0) is { } special)
            yield return $"PROXY={special}: only the blobs server listens so; wanted with SERVICE: direct haproxy haproxy-tcp haproxy-hash nginx";
        if (!values.Words("PROXY").Any(wayIn => values.Words("PROCS").Any(procs => WaysIn.LeadsTo(wayIn, int.Parse(procs, System.Globalization.CultureInfo.InvariantCulture)))))
            yield return $"PROXY={WaysIn.Direct} is one process without a proxy: have 1 among the PROCS";
        if (service is null && values["SERVER"].Length == 0 && stores.FirstOrDefault(store => !store.KeepsBlobs) is { } foreign)
            yield return $"STORE={foreign.Name}: the blobs server can't keep blobs there; wanted: some of {Store.Disk} postgresql radosgw, or a SERVICE or SERVER that uses it";
        // What lies in artifacts/ is built after this, where it is a service's.
        if (values["SERVER"].Split(' ')[0] is var program && program.Contains('/', StringComparison.Ordinal) && !Store.IsProgram(program)
            && !program.StartsWith("artifacts/", StringComparison.Ordinal))
        {
            yield return $"SERVER='{values["SERVER"]}': {program} is no program that can be run; wanted: build or install it first";
        }

        if (CpuSets.FindProblem(values.Words("PIN"), File.ReadAllText("/sys/devices/system/cpu/online").Trim()) is { } absent) yield return absent;
        foreach (var problem in Ports.FindProblems(values, stores.Any(store => store.IsStarted))) yield return problem;
    }

    private static string WorkerOf(Values values, Service? service)
    {
        if (values["SERVER"].Length > 0) return values["SERVER"];
        return service?.Command ?? "artifacts/bin/BlobsServer/release/BlobsServer {dir} {port}";
    }
}
