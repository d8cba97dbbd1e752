using System.Reflection;
using System.Text.Json;
using Blobs.TestSupport;

namespace MultiProc.Tests.Load;

/// <summary>
/// PUT, GET, flag and delete at once, 20 connections together, by the real RequestClient: four of them with five
/// connections each, in slices of some seconds until it is told to end. Every reply is checked. At full size as fast as it
/// goes; else at a rate that leaves the machine to what is looked at: what is lost is lost in the moments of a change.
/// </summary>
internal sealed class MixedLoad(string url)
{
    private static readonly string[] Actions = ["--put", "--get", "--flag", "--delete"];
    private const int SliceSeconds = 2;
    private static readonly string[] Pace = Soak.IsEnabled ? [] : ["--rate", "400"];

    // A machine that can't follow the rate has not lost what was never sent; who waits in vain for a reply counts by himself.
    private const string NeverSent = "overdue";

    private static readonly Assembly Client = Assembly.Load("RequestClient");

    private volatile bool _isOver;

    /// <summary>Right operations, and failed ones by kind.</summary>
    public sealed record Outcome(long Operations, IReadOnlyDictionary<string, long> Errors, string Words)
    {
        public override string ToString() =>
            $"{Operations} operations, errors: {(Errors.Count == 0 ? "none" : string.Join(' ', Errors))}{Words}";
    }

    /// <summary>Loads until the scenario is over.</summary>
    public async Task<Outcome> DuringAsync(Func<Task> scenario)
    {
        var loads = Actions.Select(RepeatAsync).ToList();
        try
        {
            await scenario();
        }
        finally
        {
            _isOver = true;
        }

        var outcomes = (await Task.WhenAll(loads)).SelectMany(slices => slices).ToList();
        return new Outcome(
            outcomes.Sum(outcome => outcome.Operations),
            outcomes.SelectMany(outcome => outcome.Errors).GroupBy(error => error.Key)
                .ToDictionary(kind => kind.Key, kind => kind.Sum(error => error.Value)),
            string.Concat(outcomes.Select(outcome => outcome.Words)));
    }

    private async Task<List<Outcome>> RepeatAsync(string action)
    {
        var outcomes = new List<Outcome>();
        while (!_isOver) outcomes.Add(await RunSliceAsync(action));
        return outcomes;
    }

    private async Task<Outcome> RunSliceAsync(string action)
    {
        var (_, output, error) = await ProgramCall.RunAsync(
            Client,
            [
                "0", "4", action, "--url", url, "--concurrency", "5", "--duration", $"{SliceSeconds}", "--timeout", "5", "--json",
                .. Pace
            ]);
        if (!output.StartsWith('{')) return new Outcome(0, new Dictionary<string, long> { ["no-record"] = 1 }, "\n" + error);
        var record = JsonDocument.Parse(output).RootElement;
        return new Outcome(
            record.GetProperty("operations").GetInt64(),
            record.GetProperty("errors").EnumerateObject().Where(kind => kind.Name != NeverSent)
                .ToDictionary(kind => kind.Name, kind => kind.Value.GetInt64()),
            error.Length == 0 ? "" : "\n" + error);
    }
}
