using MultiProc.Keeping;
using MultiProc.Workers;

namespace MultiProc.Pooling;

/// <summary>A rolling restart that is under way.</summary>
internal sealed class Roll : IChange
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);

    private readonly Pool _pool;
    private readonly Equipment _equipment;
    private readonly Func<Worker, bool> _isServing;
    private readonly bool _needsOthers;
    private int _index = 1;
    private int? _startsBefore;
    private TimeSpan _deadline;

    /// <param name="pool">The workers.</param>
    /// <param name="isServing">Whether a worker gets requests.</param>
    /// <param name="hasBalancer">Without one no other worker can take over a worker's requests, so none is waited for.</param>
    /// <param name="equipment">Clock and log.</param>
    public Roll(Pool pool, Func<Worker, bool> isServing, bool hasBalancer, Equipment equipment)
    {
        (_pool, _isServing, _needsOthers, _equipment) = (pool, isServing, hasBalancer, equipment);
        pool.HasStandIn = hasBalancer && pool.Target == 1;
        _deadline = equipment.Clock.Now + Patience;
    }

    /// <summary>Whether there are workers left to replace; the one that stood in may still have to leave.</summary>
    public bool IsReplacing => _index <= _pool.Target && Problem is null;

    public bool IsOver => !IsReplacing && (_pool.Fits || Problem is not null);

    public string? Problem { get; private set; }

    public string? Success => "rolling restart done";

    public void Advance()
    {
        while (IsReplacing && _pool.Find(_index) is { } worker)
        {
            var view = Look(worker);
            switch (RollPolicy.Next(view))
            {
                case RollStep.Wait:
                    return;
                case RollStep.Replace:
                    _startsBefore = worker.Process.Starts;
                    _deadline = TimeSpan.MaxValue;
                    _pool.Drain(worker);
                    return;
                case RollStep.Advance:
                    _equipment.Log.Event($"rolling restart: {worker.Name} is back ({_index} of {_pool.Target})");
                    _startsBefore = null;
                    _deadline = _equipment.Clock.Now + Patience;
                    _index++;
                    break;
                default:
                    Problem = Explain(worker, view);
                    break;
            }
        }
    }

    private RollView Look(Worker worker)
    {
        var process = worker.Process;
        var others = _pool.Workers.Where(other => other != worker).ToList();
        var wasStartedAgain = process.Starts > _startsBefore;
        if (wasStartedAgain && _deadline == TimeSpan.MaxValue) _deadline = _equipment.Clock.Now + Patience;
        return new RollView(
            HasBegun: _startsBefore is not null,
            wasStartedAgain,
            process.State,
            _isServing(worker),
            OthersServe: !_needsOthers || others.Any(_isServing),
            OthersFail: _pool.HasStandIn && others.Exists(IsFailing),
            IsTimeUp: _equipment.Clock.Now >= _deadline);
    }

    private static bool IsFailing(Worker worker) => worker.Process.State is ProcessState.Waiting or ProcessState.Failed;

    private string Explain(Worker worker, RollView view)
    {
        if (!view.HasBegun)
        {
            return $"rolling restart given up before {worker.Name}: no other worker was up to take its requests; "
                + "see 'MultiProc status'";
        }

        var rest = _index < _pool.Target ? $"; {_pool.Target - _index} more were left as they are" : "";
        var end = worker.Process.LastEnd ?? "did not answer";
        return $"rolling restart given up at {worker.Name}: the new one {end}, its output says why{rest}";
    }
}
