namespace RequestClient.Search;

/// <summary>
/// Lowers a rate that a search found until it is confirmed: the best of several trials flatters, so it must be kept in two of
/// three trials more. It knows nothing of how a rate is tried.
/// </summary>
internal sealed class RateConfirmation(double foundPerSecond)
{
    private const int Needed = 2;
    private const int MostTries = 3;

    /// <summary>How far the rate is lowered when it was not confirmed, and how often.</summary>
    private const double StepDown = 0.9;
    private const int MostSteps = 40;

    private double _ratePerSecond = foundPerSecond;
    private int _steps;
    private int _kept;
    private int _broken;

    public bool IsConfirmed => _kept == Needed;

    /// <summary>The rate to try next; null when it is confirmed, or none was.</summary>
    public double? NextPerSecond => IsConfirmed || _steps == MostSteps ? null : _ratePerSecond;

    /// <summary>Takes the outcome of trying <see cref="NextPerSecond"/>.</summary>
    public void Add(bool kept)
    {
        if (kept) _kept++;
        else if (++_broken > MostTries - Needed) Lower();
    }

    private void Lower()
    {
        _ratePerSecond *= StepDown;
        _steps++;
        (_kept, _broken) = (0, 0);
    }
}
