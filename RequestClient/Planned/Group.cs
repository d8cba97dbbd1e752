using RequestClient.Ceiling;
using RequestClient.Metering;
using RequestClient.Net;
using RequestClient.Runs;
using StudyResults;

namespace RequestClient.Planned;

/// <summary>
/// Makes all runs of a group with one warm client on one warm pool: warms every action on all workers, sets the limits, then
/// for each run lets the wanted number of workers serve, settles new connections, measures a window, or searches the highest rate
/// that keeps the run's objective, and records it. A run that was not what was asked for, or that others disturbed, is made again
/// at the end.
/// </summary>
internal sealed class Group(GroupOptions options, Target target, ControlSocket control)
{
    /// <summary>
    /// So many connections for each worker reach all of them, also where the kernel draws one by each connection.
    /// </summary>
    private const int WarmConnectionsPerWorker = 8;

    /// <summary>The part of a warm-up that goes slowly, and how slowly: enough calls for a compiler to see what is hot.</summary>
    private const double TuneInShare = 0.6;
    private const double TuneInPerWorker = 150;

    private readonly Pool _pool = new(control);
    private readonly RunQueue _queue = new(options.Runs);
    private readonly ResetCommand? _reset = options.Reset is { } command ? new(command, control) : null;
    private readonly QuietMachine _quiet = new(options.Patience);
    private readonly Dictionary<(string Action, int SizeKiB), Warmup> _warmups = [];
    private readonly Dictionary<(string Action, int SizeKiB, int Concurrency), double?> _ceilings = [];
    private readonly EarlierCapacities _earlier = new(options.RecordFile, options.Notes.Study);
    private bool _isGood = true;

    /// <summary>Whether every run ended up as it was asked for and without errors.</summary>
    public async Task<bool> RunAsync(CancellationToken cancellation)
    {
        await WarmAsync(cancellation);
        await _pool.LimitAsync(options.Limits, cancellation);
        while (_queue.TryTake(out var run, out var attempt))
        {
            try
            {
                await MakeAsync(run, attempt, cancellation);
            }
            catch (RunFailedException failure)
            {
                // Without a supervisor no other run could be made either.
                await control.ReadAsync(cancellation);
                if (run.Objective is not null) _earlier.Forget(run);
                if (!_queue.TryAgain(run, attempt)) Fail(run, failure.Message);
            }
        }

        return _isGood;
    }

    private async Task WarmAsync(CancellationToken cancellation)
    {
        // Code is warmed by the replies that the runs will get, and those may need what the command puts into the store.
        await ResetAsync(cancellation);
        var workers = await _pool.ServeAllAsync(cancellation);
        var kinds = options.Runs.GroupBy(run => (run.Action, run.SizeKiB));
        foreach (var kind in kinds)
        {
            foreach (var run in kind.DistinctBy(run => run.Concurrency))
                _ceilings[(run.Action, run.SizeKiB, run.Concurrency)] = CeilingOf(run);
            // A trace begins with the load that its writer wants to begin with.
            if (IsTraced(kind.First())) continue;
            var connections = Math.Max(kind.Max(run => run.Concurrency), workers * WarmConnectionsPerWorker);
            using var measurement = new Measurement(OptionsOf(kind.First()) with { Concurrency = connections }, target, control);
            await measurement.PrepareAsync(cancellation);
            await measurement.TuneInAsync(TuneInShare * options.Warm, workers * TuneInPerWorker, cancellation);
            _warmups[kind.Key] = await measurement.WarmAsync((1 - TuneInShare) * options.Warm, cancellation);
            GroupReport.Warmed(kind.Key.Action, kind.Key.SizeKiB, _warmups[kind.Key]);
        }
    }

    /// <summary>A run is worth having without it, so that is only said.</summary>
    private double? CeilingOf(PlannedRun run)
    {
        try
        {
            return CeilingFile.Find(OptionsOf(run));
        }
        catch (RunFailedException failure)
        {
            GroupReport.Warn(failure.Message);
            return null;
        }
    }

    private async Task MakeAsync(PlannedRun run, int attempt, CancellationToken cancellation)
    {
        await ResetAsync(cancellation);
        await _pool.ServeAsync(run.Procs, cancellation);
        var asked = OptionsOf(run) with { Notes = NotesOf(run, attempt) };
        // Connections of its own: those of the run before may still lead to workers that don't serve now.
        using var measurement = new Measurement(asked, target, control);
        await measurement.PrepareAsync(cancellation);
        if (!IsTraced(run)) await measurement.SettleAsync(options.Settle, _warmups[(run.Action, run.SizeKiB)], cancellation);
        var (outcome, capacity) = await MeasureAsync(run, asked, measurement, BeforeWindowAsync, cancellation);
        var record = outcome.ToRecord(asked) with
        {
            Amount = run.Amount,
            Capacity = capacity,
            ClientCeilingPerSecond = _ceilings[(run.Action, run.SizeKiB, run.Concurrency)],
        };
        RunLog.Append(options.RecordFile, record);
        if (capacity is not null && record.Invalid is null) _earlier.Add(record);
        await JudgeAsync(run, attempt, outcome, record, cancellation);

        // What settled the connections, or another window, must not have used up what the window is to count.
        async Task BeforeWindowAsync(CancellationToken stop)
        {
            if (!IsTraced(run) && asked.Action.CountedBy is not null) await ResetAsync(stop);
        }
    }

    private async Task<(RunOutcome Outcome, CapacityRecord? Capacity)> MeasureAsync(
        PlannedRun run, RunOptions asked, Measurement measurement, Func<CancellationToken, Task> before,
            CancellationToken cancellation)
    {
        if (run.Objective is { } objective)
        {
            return await new CapacityRun(measurement, asked, objective, options.Trial, before, _quiet)
                .MakeAsync(_earlier.Of(run), cancellation);
        }

        await before(cancellation);
        return (await measurement.MeasureAsync(run.Amount, duration: null, ratePerSecond: null, cancellation), null);
    }

    private Task ResetAsync(CancellationToken cancellation) => _reset?.RunAsync(cancellation) ?? Task.CompletedTask;

    private async Task JudgeAsync(
        PlannedRun run, int attempt, RunOutcome outcome, RunRecord record, CancellationToken cancellation)
    {
        // Errors are what the server did: they are data, and another attempt would only hide them.
        if (!outcome.IsRight) Fail(run, WrongIn(outcome));
        var disturbance = Disturbance.Of(record);
        var spoilt = outcome.Invalid.Count > 0 ? $"invalid: {string.Join(", ", outcome.Invalid)}"
            : disturbance.IsDisturbed ? GroupReport.Describe(disturbance)
            : null;
        // Who does not wait for the others to be quiet would only meet them again.
        var isWorthIt = outcome.Invalid.Count > 0 || options.Patience > TimeSpan.Zero;
        var isAgain = spoilt is not null && isWorthIt && _queue.TryAgain(run, attempt);
        GroupReport.Made(record, attempt, spoilt, isAgain);
        if (outcome.Invalid.Count > 0 && !isAgain) Fail(run, $"{spoilt}, {RunQueue.MaxAttempts} times");
        if (!disturbance.IsDisturbed) return;
        var (waited, isQuiet) = await _quiet.WaitAsync(cancellation);
        if (waited > TimeSpan.Zero) GroupReport.Waited(waited, isQuiet);
    }

    private static string WrongIn(RunOutcome outcome) => outcome.Window.GaveUp ?? (
        outcome.Measures.Errors.Total > 0 ? "errors, which its record counts"
        : outcome.IsStored ? "errors before the window"
        : "the store does not hold what was answered");

    private void Fail(PlannedRun run, string reason)
    {
        _isGood = false;
        GroupReport.Failed(run, reason);
    }

    private RunOptions OptionsOf(PlannedRun run)
    {
        var action = options.Actions[run.Action];
        return new RunOptions
        {
            Action = action,
            Amount = run.Amount,
            // Rates are tried for a time of their own, and a trace has one.
            AtLeast = run.Objective is null && !IsTraced(run) ? options.AtLeast : null,
            AtMost = run.Objective is null && !IsTraced(run) ? options.AtMost : null,
            ArrivesAtRandom = run.Objective is not null,
            SizeKiB = run.SizeKiB,
            Url = options.Url,
            User = RunOptions.UsualUser(action),
            Concurrency = run.Concurrency,
            Threads = options.Threads,
            Timeout = options.Timeout,
            CeilingFile = options.CeilingFile,
            Expected = new Expected
            {
                Procs = run.Procs,
                WayIn = run.Proxy,
                Store = run.StartedStore ?? "",
                CpuLimit = options.Limits.GetValueOrDefault(LimitNames.Workers),
                ProxyCpuLimit = options.Limits.GetValueOrDefault(LimitNames.Proxy),
                StoreCpuLimit = options.Limits.GetValueOrDefault(LimitNames.Store),
            },
        };
    }

    private bool IsTraced(PlannedRun run) => options.Actions[run.Action].Trace is not null;

    private RunNotes NotesOf(PlannedRun run, int attempt) => options.Notes with
    {
        Block = run.Block,
        Order = run.Order,
        // One start of the servers serves one block.
        Start = run.Block,
        Attempt = attempt,
        Control = run.Control ? true : null,
        Proxy = run.Proxy,
    };
}
