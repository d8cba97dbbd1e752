using System.Collections.Concurrent;
using System.Net;
using MultiProc.Configuration;
using MultiProc.Keeping;
using MultiProc.Limits;
using MultiProc.Probing;
using MultiProc.WaysIn;
using MultiProc.Workers;

namespace MultiProc.Pooling;

/// <summary>
/// Takes requests for changes and tells who asked what became of them. A rolling restart and a change of the number
/// exclude each other; a new number takes the place of one that is still being reached.
/// </summary>
internal sealed class Changes(
    Settings settings, Pool pool, IWayIn wayIn, Func<Worker, bool> isInPlace, SupervisedProcess? store, Limiter limiter,
    Equipment equipment)
{
    public const int MostProcs = 256;

    private Roll? _roll;
    private Scaling? _scaling;
    private Choosing? _choosing;
    private ChangeRequest? _request;
    private Action _tell = () => { };

    public bool AreUnderWay => _request is not null;

    public void Take(ConcurrentQueue<ChangeRequest> requests)
    {
        while (requests.TryDequeue(out var request))
        {
            if (request is ChangeRequest.Limit limit)
            {
                var unset = SetLimits(limit);
                _tell += () => limit.Finish(unset);
                continue;
            }

            var problem = request switch
            {
                ChangeRequest.Serve serve => BeginServing(serve),
                ChangeRequest.Restart => BeginRoll(request),
                ChangeRequest.Scale scale => BeginScaling(request, scale.Procs),
                ChangeRequest.ScaleBy scale => BeginScaling(request, pool.Target + scale.Difference),
                _ => throw new InvalidOperationException($"unknown request {request}"),
            };
            if (problem is not null) request.Finish(problem);
        }
    }

    /// <summary>Goes on with what is under way.</summary>
    public void Advance()
    {
        _roll?.Advance();
        ReleaseStandIn();
        if (_roll is { IsOver: true } && (pool.Fits || _roll.Problem is not null)) Finish(_roll.Problem, "rolling restart done");
        else if (_scaling is { IsOver: true }) Finish(_scaling.Problem, $"now there are {pool.Target}", _scaling.Note);
        else if (_choosing is { IsOver: true }) Finish(_choosing.Problem, success: null);
    }

    /// <summary>Tells who asked; after the state has been announced, so that they read nothing older.</summary>
    public void Tell()
    {
        _tell();
        _tell = () => { };
    }

    /// <summary>Everything is about to stop.</summary>
    public void GiveUp(ConcurrentQueue<ChangeRequest> requests)
    {
        const string problem = "the supervisor is stopping";
        while (requests.TryDequeue(out var request)) request.Finish(problem);
        _request?.Finish(problem);
    }

    private string? SetLimits(ChangeRequest.Limit limit)
    {
        var wanted = limit.Change(limiter.Wanted);
        return limiter.Change(wanted, pool.Workers.Select(worker => worker.Process), store, wayIn.Proxy);
    }

    private string? BeginRoll(ChangeRequest request)
    {
        if (_request is not null) return "workers are being replaced, added or taken away already: wait until that is done";
        if (wayIn.CanSwitch && pool.Target == 1 && FindPortProblem(2) is { } problem) return problem;
        pool.ChooseAll();
        equipment.Log.Event($"rolling restart of {pool.Target} {(pool.Target == 1 ? "worker" : "workers")}");
        _roll = new Roll(pool, isInPlace, wayIn.CanSwitch, equipment);
        _request = request;
        return null;
    }

    private string? BeginScaling(ChangeRequest request, int procs)
    {
        if (_roll is not null) return "a rolling restart is under way: wait until it is done";
        if (settings.WayIn.Proxy == ProxyKind.Nginx)
            return "nginx got its workers when it started: stop, and start with another --procs";
        if (procs is < 1 or > MostProcs) return $"{procs} workers are out of bounds: ask for 1 to {MostProcs}";
        // One that is leaving still has its port, and will have it again.
        for (var index = 1; index <= procs; index++)
        {
            if (pool.Find(index) is null && FindPortProblem(index) is { } problem) return problem;
        }

        _request?.Finish($"another change took its place: {procs} workers");
        pool.ChooseAll();
        equipment.Log.Event($"from {pool.Target} to {procs} workers");
        _choosing = null;
        _scaling = new Scaling(pool, isInPlace, before: pool.Target);
        _request = request;
        pool.Target = procs;
        return null;
    }

    /// <summary>It stays, even after a roll that was given up, until the one whose place it holds is back.</summary>
    private void ReleaseStandIn()
    {
        if (!pool.HasStandIn || _roll is { IsOver: false }) return;
        if (pool.Workers.Where(worker => worker.Index <= pool.Target).All(isInPlace)) pool.HasStandIn = false;
    }

    private string? BeginServing(ChangeRequest.Serve request)
    {
        if (_request is not null) return "workers are being replaced, added or taken away: wait until that is done";
        var ready = pool.Workers.Where(worker => worker.Process.State == ProcessState.Ready).ToArray();
        if (request.Procs < 1) return $"{request.Procs} workers can't serve: ask for 1 or more";
        if (ready.Length < request.Procs)
            return $"{ready.Length} of {pool.Workers.Count} workers are ready: {request.Procs} can't serve";
        // All of them serve already where nobody can choose.
        if (!wayIn.CanSwitch && request.Procs != pool.Workers.Count)
            return $"the way in ({settings.WayIn.Name}) can't choose among workers: start it with --procs {request.Procs}";
        Random.Shared.Shuffle(ready);
        var drawn = ready[..request.Procs];
        request.Drawn = [.. drawn.Select(worker => worker.Index).Order()];
        _choosing = new Choosing(pool, drawn, isInPlace, equipment.Clock);
        _request = request;
        return null;
    }

    private void Finish(string? problem, string? success, string? note = null)
    {
        if ((problem ?? note ?? success) is { } words) equipment.Log.Event(words);
        if (_request is { } request)
        {
            request.Note = note;
            _tell += () => request.Finish(problem);
        }

        (_roll, _scaling, _choosing, _request) = (null, null, null, null);
    }

    private string? FindPortProblem(int index)
    {
        if (settings.PortOf(index) > IPEndPoint.MaxPort) return $"there is no port for worker {index}: ask for fewer";
        return PortCheck.IsFree(settings.PortOf(index))
            ? null
            : $"port {settings.PortOf(index)}, for worker {index}, is in use: stop what listens there ('ss -ltnp')";
    }
}
