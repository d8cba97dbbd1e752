using System.Globalization;
using StudyPlan.Order;
using StudyPlan.Studies;
using StudyPlan.Timing;
using StudyPlan.Variables;
using StudyResults;

namespace StudyPlan.Commands;

/// <summary>What run-test.sh hands to MultiProc and RequestClient for one start of servers; words with spaces between.</summary>
internal static class StartWords
{
    /// <summary>A worker's command.</summary>
    public static string Worker(Asked asked, Group group) =>
        asked.World.Worker
            + (asked.World.IsBlobsServer
                ? StoreOf(asked, group).WordsForBlobs(asked.Values["DURABILITY"]) + WaysIn.Words(group.WayIn)
                : "");

    /// <summary>What MultiProc starts behind the workers; empty: nothing.</summary>
    public static string StoreCommand(Asked asked, Group group) => StoreOf(asked, group).Command;

    /// <summary>MultiProc's options.</summary>
    public static string MultiProc(Asked asked, Group group) => string.Join(' ',
    [
        $"--procs {group.Workers.ToString(CultureInfo.InvariantCulture)} --way-in {group.WayIn}",
        $"--port {asked.Values["PORT"]} --first-port {asked.Values["FIRST_PORT"]}",
        .. asked.World.IsBlobsServer
            ? (string[])["--ready-path /health/ready --request-counter blobs_requests_total"]
            : Probes(asked.Values),
        .. CpuSets.ForServers(asked.Values.Words("PIN")) is { Length: > 0 } sets ? (string[])[$"--pin {sets}"] : [],
        .. !StoreOf(asked, group).IsStarted ? [] : (string[])[$"--store-port {asked.Values["STORE_PORT"]}"],
        // Elsewhere the limits come once all is warm; a trace has no time before its first second.
        .. asked.World.Asked.Trace is null ? [] : Limits(asked.Values, ""),
    ]);

    /// <summary>RequestClient's options.</summary>
    public static string Client(Asked asked)
    {
        var windows = Windows.Of(asked.Parameters);
        var warmUp = Windows.WarmUpOfAction(asked.Parameters);
        return string.Join(' ',
        [
            .. asked.World.Asked.Trace is null
                ? (string[])
                [
                    $"--at-least {TimeText.Of(windows.AtLeast)} --at-most {TimeText.Of(windows.AtMost)}",
                    $"--warm {TimeText.Of(warmUp)}",
                ]
                : [$"--trace {asked.Values["TRACE"]}"],
            $"--quiet {asked.Values["QUIET"]}",
            .. asked.Parameters.Objectives[0] is null ? [] : (string[])[$"--trial {TimeText.Of(windows.Trial)}"],
            $"--actions {asked.World.Asked.DescribedIn}",
            .. asked.Values["FEED"] is { Length: > 0 } feed ? (string[])[$"--feed {feed}"] : [],
            .. asked.Values["THREADS"] == "1" ? [] : (string[])[$"--threads {asked.Values["THREADS"]}"],
            .. Limits(asked.Values, "limit-"),
        ]);
    }

    /// <summary>The limits in either program's words: --cpu-limit of MultiProc, --limit-cpu of RequestClient.</summary>
    private static IEnumerable<string> Limits(Values values, string before) =>
        from limit in ((string Name, string Who)[])
        [
            ("CPU_LIMIT", ""), ("STORE_CPU_LIMIT", "store-"), ("PROXY_CPU_LIMIT", "proxy-")
        ]
        where values[limit.Name].Length > 0
        select $"--{before}{limit.Who}cpu{(before.Length == 0 ? "-limit" : "")} {values[limit.Name]}";

    /// <summary>What binds RequestClient to its processors; empty: nothing.</summary>
    public static string Pinned(Asked asked) =>
        CpuSets.OfClient(asked.Values.Words("PIN")) is { } list ? $"taskset --cpu-list {list}" : "";

    private static Store StoreOf(Asked asked, Group group) =>
        asked.World.Stores.FirstOrDefault(store => store.Name == group.Store) ?? new Store(Store.Disk, "");

    private static string[] Probes(Values values)
    {
        var isService = values["SERVICE"].Length > 0;
        var ready = isService ? "/health/ready" : values["READY_PATH"];
        // A server that nobody described has no page that says more of its health than the one that says it is ready.
        var live = isService ? "/health/live" : values["LIVE_PATH"] is { Length: > 0 } path ? path : ready;
        return [$"--ready-path {ready} --live-path {live}"];
    }
}
