using StudyResults;

namespace RequestClient.Planned;

/// <summary>
/// What is still to be made: the planned runs in their order, and behind them those that have to be made again. They come last,
/// so that what spoilt them has time to pass.
/// </summary>
internal sealed class RunQueue(IEnumerable<PlannedRun> runs)
{
    /// <summary>The first attempt and two more.</summary>
    public const int MaxAttempts = 3;

    private readonly Queue<(PlannedRun Run, int Attempt)> _waiting = new(runs.Select(run => (run, 1)));

    /// <summary>Gives the next run and its attempt, from 1; false when all are made.</summary>
    public bool TryTake(out PlannedRun run, out int attempt)
    {
        var isThere = _waiting.TryDequeue(out var next);
        (run, attempt) = next;
        return isThere;
    }

    /// <summary>Puts a run at the end; false when it has been tried often enough.</summary>
    public bool TryAgain(PlannedRun run, int attempt)
    {
        if (attempt >= MaxAttempts) return false;
        _waiting.Enqueue((run, attempt + 1));
        return true;
    }
}
