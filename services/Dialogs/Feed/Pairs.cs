namespace Dialogs.Feed;

/// <summary>Who writes to whom: users whose ids and choices follow from a seed.</summary>
internal sealed class Pairs
{
    private readonly Random _random;
    private readonly Zipf _ranks;
    private readonly Guid[] _users;

    /// <param name="users">How many, 2 at least.</param>
    /// <param name="exponent">Of Zipf's law; 0: all are alike.</param>
    /// <param name="seed">The same seed makes the same pairs in the same order.</param>
    public Pairs(int users, double exponent, int seed)
    {
        _random = new Random(seed);
        _ranks = new Zipf(users, exponent);
        _users = [.. Enumerable.Range(0, users).Select(_ => NextGuid())];
    }

    public IReadOnlyList<Guid> Users => _users;

    /// <summary>The next two, who are different: the indices of the sender and of the other one.</summary>
    public (int From, int To) Next()
    {
        var from = _ranks.Draw(_random);
        while (true)
        {
            var to = _ranks.Draw(_random);
            if (to != from) return (from, to);
        }
    }

    /// <summary>A UUID of version 8 (RFC 9562 section 5.8): 122 bits of our own.</summary>
    private Guid NextGuid()
    {
        Span<byte> bytes = stackalloc byte[16];
        _random.NextBytes(bytes);
        bytes[6] = (byte)((bytes[6] & 0x0f) | 0x80);
        bytes[8] = (byte)((bytes[8] & 0x3f) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }
}
