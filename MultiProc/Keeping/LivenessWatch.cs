namespace MultiProc.Keeping;

/// <summary>
/// Asks a process again and again whether it is alive and counts the silences in a row. After three it is hung. The
/// questions go to a path of their own and requests are never timed, so a long upload is no silence; and a "no" that
/// comes at once counts no faster than a silence. One that stops answering is found within three time-outs and a round. One that
/// never said anything but "no" may not know the question: that is no reason to end it.
/// </summary>
internal sealed class LivenessWatch(
    Func<CancellationToken, Task<LifeSign>> ask, TimeSpan timeout, Rounds rounds, TimeProvider time)
{
    public const int SilencesAllowed = 3;
    private volatile int _silences;
    private volatile bool _wasYes;
    private volatile bool _onlySaysNo;

    /// <summary>Questions since the last one that was answered.</summary>
    public int Silences => _silences;

    /// <summary>Whether it says "no", and never said "yes".</summary>
    public bool OnlySaysNo => _onlySaysNo;

    public bool IsHung => _silences >= SilencesAllowed;

    /// <summary>Returns when the process is hung.</summary>
    public async Task WatchAsync(CancellationToken cancellation)
    {
        while (!IsHung)
        {
            if (_silences == 0) await rounds.WaitAsync(cancellation);
            var asked = time.GetTimestamp();
            var sign = await ask(cancellation);
            _wasYes |= sign == LifeSign.Yes;
            _onlySaysNo = sign == LifeSign.No && !_wasYes;
            if (sign == LifeSign.Yes || _onlySaysNo)
            {
                _silences = 0;
                continue;
            }

            var rest = timeout - time.GetElapsedTime(asked);
            if (rest > TimeSpan.Zero) await Task.Delay(rest, time, cancellation);
            _silences++;
        }
    }
}
