using BlobsServer.Linux;

namespace BlobsServer.Storage;

/// <summary>
/// Whether who changes the disk may do so on the thread of an event loop. What reads can ask the kernel whether it would
/// have to wait; what writes cannot. But whoever had to wait was probably not the last, so that for a while all go to the
/// pool, which costs a change of threads and holds nobody up.
/// </summary>
/// <param name="time">The clock.</param>
/// <param name="waitsAlways">Under durability always every change waits for the disk.</param>
internal sealed class WritePace(TimeProvider time, bool waitsAlways)
{
    private static readonly TimeSpan Tolerated = TimeSpan.FromMilliseconds(2);
    private static readonly TimeSpan Remembered = TimeSpan.FromMilliseconds(200);

    private long _slowUntil = long.MinValue;

    /// <summary>Whether this thread is to be left before the disk is changed.</summary>
    public bool MustLeave =>
        (waitsAlways || time.GetTimestamp() < Volatile.Read(ref _slowUntil)) && !Thread.CurrentThread.IsThreadPoolThread;

    /// <summary>Looks how long it takes until the watch is disposed of; who goes on in another thread held up nobody.</summary>
    public Watch Begin() => new(this, time.GetTimestamp(), Environment.CurrentManagedThreadId, Waits());

    /// <summary>A thread that was only kept from running (others use the processor) has not waited for the disk.</summary>
    private static long Waits() => Libc.GetUsage(Usage.Thread, out var usage) == 0 ? usage.Waits : 0;

    private void End(in Watch watch)
    {
        if (watch.Thread != Environment.CurrentManagedThreadId || time.GetElapsedTime(watch.StartedAt) < Tolerated) return;
        if (Waits() == watch.Waits) return;
        Volatile.Write(ref _slowUntil, time.GetTimestamp() + (long)(Remembered.TotalSeconds * time.TimestampFrequency));
    }

    internal readonly struct Watch(WritePace pace, long startedAt, int thread, long waits) : IDisposable
    {
        public long StartedAt => startedAt;

        public int Thread => thread;

        public long Waits => waits;

        public void Dispose() => pace.End(this);
    }
}
