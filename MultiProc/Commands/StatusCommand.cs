using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using MultiProc.Configuration;
using MultiProc.Control;
using MultiProc.Workers;

namespace MultiProc.Commands;

/// <summary>MultiProc status: a table for people, JSON for scripts, or waiting until everything is ready.</summary>
internal static class StatusCommand
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(25);

    public static Command Create(Option<string> control)
    {
        var json = new Option<bool>("--json") { Description = "Print the answer of GET /status" };
        var waitReady = TimeOption.Create("--wait-ready", "Wait up to this long until every worker is ready", TimeSpan.Zero);
        var command = new Command("status", "Shows what runs") { json, waitReady };
        command.SetAction((parse, cancellation) => RunAsync(
            ControlPath.Of(parse.GetValue(control)),
            parse.GetValue(json),
            parse.GetValue(waitReady),
            cancellation));
        return command;
    }

    private static async Task<int> RunAsync(ControlPath path, bool json, TimeSpan? waitReady, CancellationToken cancellation)
    {
        using var client = new ControlClient(path);
        var watch = Stopwatch.StartNew();
        var report = await client.StatusAsync(cancellation);
        while (watch.Elapsed < waitReady && !IsSettled(report))
        {
            await Task.Delay(Pause, cancellation);
            report = await client.StatusAsync(cancellation);
        }

        if (report is null) return CommandLine.Fail(path.ExplainSilence());
        if (json) Console.WriteLine(JsonSerializer.Serialize(report, ControlJson.Default.StatusReport));
        else if (waitReady is null) PrintTable(report);
        return waitReady is null || report.State == "ready" ? 0 : CommandLine.Fail(DescribeMissing(report));
    }

    /// <summary>Ready, or past hope: a worker that failed to start again and again will not be ready by waiting.</summary>
    private static bool IsSettled(StatusReport? report) =>
        report is not null && (report.State is "ready" or "stopping" || report.Workers.Any(worker => worker.State == "failed"));

    private static string DescribeMissing(StatusReport report)
    {
        var missing = report.Workers.Where(worker => worker.State != "ready")
            .Select(worker => $"{Worker.NameOf(worker.Index)} is {worker.State}").ToList();
        if (report.Haproxy is { State: not "ready" } haproxy) missing.Add($"haproxy is {haproxy.State}");
        if (report.Nginx is { State: not "ready" } nginx) missing.Add($"nginx is {nginx.State}");
        if (report.Store is { State: not "ready" } store) missing.Add($"the store is {store.State}");
        var line = $"not ready ({report.State}): {string.Join(", ", missing)}";
        var words = report.Workers.Where(worker => worker.State != "ready").Select(worker => worker.LastWords)
            .FirstOrDefault(words => words.Count > 0);
        return words is null
            ? $"{line}; the supervisor's output says why"
            : $"{line}; its own words:\n{string.Join('\n', words)}";
    }

    private static void PrintTable(StatusReport report)
    {
        var workers = report.Procs == 1 ? "1 worker" : $"{report.Procs} workers";
        Console.WriteLine($"supervisor {report.Pid}: {report.State}, {workers}");
        PrintRow("name", "port", "pid", "state", "restarts", "cpu s", "MiB", "requests");
        if (report.Store is { } store) PrintRow(store.Name, store);
        if (report.Haproxy is { } haproxy) PrintRow("haproxy", haproxy);
        if (report.Nginx is { } nginx) PrintRow("nginx", nginx);
        foreach (var worker in report.Workers) PrintRow(Worker.NameOf(worker.Index), worker);
    }

    private static void PrintRow(string name, ProcessReport process) => PrintRow(
        name,
        Text(process.Port),
        Text(process.Pid),
        process.State,
        Text(process.Restarts),
        Text(process.CpuSeconds, "0.00"),
        Text(process.RssBytes / 1048576.0, "0.0"),
        Text(process.Requests));

    private static void PrintRow(
        string name, string port, string pid, string state, string restarts, string cpu, string memory, string requests) =>
        Console.WriteLine($"{name,-8} {port,5} {pid,8} {state,-9} {restarts,8} {cpu,9} {memory,7} {requests,10}");

    /// <summary>A dash for what nobody knows.</summary>
    private static string Text(IFormattable? value, string? format = null) =>
        value?.ToString(format, CultureInfo.InvariantCulture) ?? "-";
}
