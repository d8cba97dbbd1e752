namespace RequestClient.Load;

/// <summary>Looks at a phase's loops every tick and says when no further operation should begin.</summary>
internal sealed class PhaseWatch(Phase phase, IReadOnlyList<Measures> loops, long beganNanoseconds)
{
    /// <summary>A server that fails everything is given up after this, and after one time-out.</summary>
    private const long MinPatienceNanoseconds = 10_000_000_000;

    /// <summary>So many errors in a row make it certain that errors are all that comes.</summary>
    private const long MinErrors = 10;

    // An array: a list's enumerator would be allocated at every tick.
    private readonly Measures[] _loops = [.. loops];
    private readonly Lock _looking = new();
    private readonly List<double> _ratesPerSecond = [];
    private long _binBeganNanoseconds = beganNanoseconds;
    private long _binOperations;
    private long _successNanoseconds = beganNanoseconds;
    private long _successOperations;
    private long _successErrors;

    /// <summary>Operations per second in each bin of a warm-up.</summary>
    public IReadOnlyList<double> RatesPerSecond => _ratesPerSecond;

    public bool Settled { get; private set; }

    /// <summary>Null as long as there is hope.</summary>
    public string? GaveUp { get; private set; }

    /// <summary>Any loop may ask: one that has nothing left to do looks no more.</summary>
    public bool IsOver(long nowNanoseconds)
    {
        lock (_looking) return GivesUp(nowNanoseconds) || IsSettled(nowNanoseconds);
    }

    private long Operations
    {
        get
        {
            var sum = 0L;
            foreach (var loop in _loops) sum += Volatile.Read(ref loop.Operations);
            return sum;
        }
    }

    private long Errors
    {
        get
        {
            var sum = 0L;
            foreach (var loop in _loops) sum += loop.Errors.Total;
            return sum;
        }
    }

    private bool GivesUp(long now)
    {
        var (operations, errors) = (Operations, Errors);
        if (operations > _successOperations || errors == 0)
        {
            _successOperations = operations;
            _successErrors = errors;
            _successNanoseconds = now;
        }

        var patience = Math.Max(MinPatienceNanoseconds, (long)(phase.Timeout.TotalNanoseconds * 1.5));
        if (now - _successNanoseconds < patience || errors - _successErrors < MinErrors) return false;
        GaveUp ??= $"gave up: nothing but errors for {patience / 1e9:0.#} s";
        return true;
    }

    private bool IsSettled(long now)
    {
        if (!phase.EndsWhenSettled || Settled) return Settled;
        var length = now - _binBeganNanoseconds;
        if (length < SettlingRule.BinLength.TotalNanoseconds) return false;
        var operations = Operations;
        _ratesPerSecond.Add((operations - _binOperations) / (length / 1e9));
        _binBeganNanoseconds = now;
        _binOperations = operations;
        return Settled = SettlingRule.IsSettled(_ratesPerSecond);
    }
}
