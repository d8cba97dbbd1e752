namespace Dialogs.Feed;

/// <summary>
/// Ranks from 0, of which the k-th is drawn in proportion to 1 / (k + 1)^s: few are drawn often, and most hardly ever.
/// </summary>
internal sealed class Zipf
{
    private readonly double[] _upTo;

    public Zipf(int ranks, double exponent)
    {
        _upTo = new double[ranks];
        var sum = 0.0;
        for (var rank = 0; rank < ranks; rank++) _upTo[rank] = sum += Math.Pow(rank + 1, -exponent);
    }

    public int Draw(Random random)
    {
        var index = Array.BinarySearch(_upTo, random.NextDouble() * _upTo[^1]);
        return index >= 0 ? index + 1 : ~index; // NextDouble is below 1, so there is a rank behind
    }
}
