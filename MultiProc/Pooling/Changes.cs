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

    private (ChangeRequest Request, IChange Change)? _underWay;
    private Action _tell = () => { };

    public bool AreUnderWay => _underWay is not null;

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
        _underWay?.Change.Advance();
        ReleaseStandIn();
        if (_underWay is not { Change: { IsOver: true } change, Request: var request }) return;
        _underWay = null;
        var problem = change.Problem;
        request.Note = problem is null ? change.Note : null;
        if ((problem ?? request.Note ?? change.Success) is { } words) equipment.Log.Event(words);
        _tell += () => request.Finish(problem);
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
        _underWay?.Request.Finish(problem);
    }

    private string? SetLimits(ChangeRequest.Limit limit)
    {
        var wanted = limit.Change(limiter.Wanted);
        return limiter.Change(wanted, pool.Workers.Select(worker => worker.Process), store, wayIn.Proxy);
    }

    private string? BeginRoll(ChangeRequest request)
    {
        if (AreUnderWay) return "workers are being replaced, added or taken away already: wait until that is done";
        if (wayIn.CanSwitch && pool.Target == 1 && FindPortProblem(2) is { } problem) return problem;
        pool.ChooseAll();
        equipment.Log.Event($"rolling restart of {pool.Target} {(pool.Target == 1 ? "worker" : "workers")}");
        _underWay = (request, new Roll(pool, isInPlace, wayIn.CanSwitch, equipment));
        return null;
    }

    private string? BeginScaling(ChangeRequest request, int procs)
    {
        if (_underWay is { Change: Roll }) return "a rolling restart is under way: wait until it is done";
        if (settings.WayIn.Proxy == ProxyKind.Nginx)
            return "nginx got its workers when it started: stop, and start with another --procs";
        if (procs is < 1 or > MostProcs) return $"{procs} workers are out of bounds: ask for 1 to {MostProcs}";
        // One that is leaving still has its port, and will have it again.
        for (var index = 1; index <= procs; index++)
        {
            if (pool.Find(index) is null && FindPortProblem(index) is { } problem) return problem;
        }

        _underWay?.Request.Finish($"another change took its place: {procs} workers");
        pool.ChooseAll();
        equipment.Log.Event($"from {pool.Target} to {procs} workers");
        _underWay = (request, new Scaling(pool, isInPlace, before: pool.Target));
        pool.Target = procs;
        return null;
    }

    /// <summary>It stays, even after a roll that was given up, until the one whose place it holds is back.</summary>
    private void ReleaseStandIn()
    {
        if (!pool.HasStandIn || _underWay is { Change: Roll { IsReplacing: true } }) return;
        if (pool.Workers.Where(worker => worker.Index <= pool.Target).All(isInPlace)) pool.HasStandIn = false;
    }

    private string? BeginServing(ChangeRequest.Serve request)
    {
        if (AreUnderWay) return "workers are being replaced, added or taken away: wait until that is done";
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
        _underWay = (request, new Choosing(pool, drawn, isInPlace, equipment.Clock));
        return null;
    }

    private string? FindPortProblem(int index)
    {
        if (settings.PortOf(index) > IPEndPoint.MaxPort) return $"there is no port for worker {index}: ask for fewer";
        return PortCheck.IsFree(settings.PortOf(index))
            ? null
            : $"port {settings.PortOf(index)}, for worker {index}, is in use: stop what listens there ('ss -ltnp')";
    }
}
