namespace RequestClient.Load;

/// <summary>Looks at a phase every tick and says when no further operation should begin.</summary>
internal sealed class PhaseWatch(Phase phase, Measures measures, long beganNanoseconds)
{
    /// <summary>A server that fails everything is given up after this, and after one time-out.</summary>
    private const long MinPatienceNanoseconds = 10_000_000_000;

    /// <summary>So many errors in a row make it certain that errors are all that comes.</summary>
    private const long MinErrors = 10;

    private long _binBeganNanoseconds = beganNanoseconds;
    private long _binOperations;
    private long _successNanoseconds = beganNanoseconds;
    private long _successOperations;
    private long _successErrors;

    public bool IsOver(long nowNanoseconds) => GivesUp(nowNanoseconds) || IsSettled(nowNanoseconds);

    private bool GivesUp(long now)
    {
        if (measures.Operations > _successOperations || measures.Errors.Total == 0)
        {
            _successOperations = measures.Operations;
            _successErrors = measures.Errors.Total;
            _successNanoseconds = now;
        }

        var patience = Math.Max(MinPatienceNanoseconds, (long)(phase.Timeout.TotalNanoseconds * 1.5));
        if (now - _successNanoseconds < patience || measures.Errors.Total - _successErrors < MinErrors) return false;
        measures.GaveUp ??= $"gave up: nothing but errors for {patience / 1e9:0.#} s";
        return true;
    }

    private bool IsSettled(long now)
    {
        if (!phase.EndsWhenSettled) return false;
        var length = now - _binBeganNanoseconds;
        if (length < SettlingRule.BinLength.TotalNanoseconds) return false;
        measures.RatesPerSecond.Add((measures.Operations - _binOperations) / (length / 1e9));
        _binBeganNanoseconds = now;
        _binOperations = measures.Operations;
        return measures.Settled = SettlingRule.IsSettled(measures.RatesPerSecond);
    }
}
