namespace Stickers.Endpoints;

/// <summary>
/// Something that is read again when it is too old, once for all who ask meanwhile; a failed reading is not kept.
/// </summary>
internal sealed class FreshValue<T>(Func<Task<T>> read, TimeSpan life, TimeProvider time)
{
    private readonly Lock _gate = new();
    private volatile Reading? _last;

    public Task<T> GetAsync()
    {
        if (_last is { } last && IsFresh(last)) return last.Value;
        lock (_gate)
        {
            if (_last is { } other && IsFresh(other)) return other.Value;
            var now = time.GetTimestamp();
            return (_last = new Reading(read(), now)).Value;
        }
    }

    private bool IsFresh(Reading reading) =>
        time.GetElapsedTime(reading.BeganAt) < life && reading.Value is not { IsCompleted: true, IsCompletedSuccessfully: false };

    private sealed record Reading(Task<T> Value, long BeganAt);
}
