using System.Collections.Concurrent;
using System.Net;

namespace MultiProc.Pooling;

/// <summary>
/// Takes requests for changes and tells who asked what became of them. A rolling restart and a change of the number
/// exclude each other; a new number takes the place of one that is still being reached.
/// </summary>
internal sealed class Changes(Settings settings, Pool pool, Func<Worker, bool> isServing, Surroundings surroundings)
{
    public const int MostProcs = 256;

    private Roll? _roll;
    private Scaling? _scaling;
    private ChangeRequest? _request;

    public bool AreUnderWay => _request is not null;

    public void Take(ConcurrentQueue<ChangeRequest> requests)
    {
        while (requests.TryDequeue(out var request))
        {
            var problem = request switch
            {
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
        else if (_scaling is { IsOver: true }) Finish(_scaling.Problem, $"now there are {pool.Target}");
    }

    /// <summary>Everything is about to stop.</summary>
    public void GiveUp(ConcurrentQueue<ChangeRequest> requests)
    {
        const string problem = "the supervisor is stopping";
        while (requests.TryDequeue(out var request)) request.Finish(problem);
        _request?.Finish(problem);
    }

    private string? BeginRoll(ChangeRequest request)
    {
        if (_request is not null) return "workers are being replaced, added or taken away already: wait until that is done";
        if (settings.HaproxyFile is not null && pool.Target == 1 && FindPortProblem(2) is { } problem) return problem;
        surroundings.Log.Event($"rolling restart of {pool.Target} {(pool.Target == 1 ? "worker" : "workers")}");
        _roll = new Roll(pool, isServing, settings.HaproxyFile is not null, surroundings);
        _request = request;
        return null;
    }

    private string? BeginScaling(ChangeRequest request, int procs)
    {
        if (_roll is not null) return "a rolling restart is under way: wait until it is done";
        if (settings.NginxFile is not null) return "nginx got its workers when it started: stop, and start with another --procs";
        if (procs is < 1 or > MostProcs) return $"{procs} workers are out of bounds: ask for 1 to {MostProcs}";
        for (var index = pool.Workers.Count + 1; index <= procs; index++)
        {
            if (FindPortProblem(index) is { } problem) return problem;
        }

        _request?.Finish($"another change took its place: {procs} workers");
        surroundings.Log.Event($"from {pool.Target} to {procs} workers");
        _scaling = new Scaling(pool, isServing, before: Math.Min(pool.Target, pool.Workers.Count));
        _request = request;
        pool.Target = procs;
        return null;
    }

    /// <summary>It stays, even after a roll that was given up, until the one whose place it holds is back.</summary>
    private void ReleaseStandIn()
    {
        if (!pool.HasStandIn || _roll is { IsOver: false }) return;
        if (pool.Workers.Where(worker => worker.Index <= pool.Target).All(isServing)) pool.HasStandIn = false;
    }

    private void Finish(string? problem, string success)
    {
        surroundings.Log.Event(problem ?? success);
        _request?.Finish(problem);
        (_roll, _scaling, _request) = (null, null, null);
    }

    private string? FindPortProblem(int index)
    {
        if (settings.PortOf(index) > IPEndPoint.MaxPort) return $"there is no port for worker {index}: ask for fewer";
        return PortCheck.IsFree(settings.PortOf(index))
            ? null
            : $"port {settings.PortOf(index)}, for worker {index}, is in use: stop what listens there ('ss -ltnp')";
    }
}
