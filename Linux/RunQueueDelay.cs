using System.Buffers.Text;

namespace Linux;

/// <summary>How long a thread was ready and had no processor, as the kernel's scheduler counts it (schedstat in /proc).</summary>
internal sealed class RunQueueDelay
{
    private const int MostBytes = 96;

    private readonly OpenFile _file;

    private RunQueueDelay(OpenFile file) => _file = file;

    /// <summary>In all of the thread's life; 0 where the kernel doesn't count. May be asked from other threads.</summary>
    public long Nanoseconds
    {
        get
        {
            Span<byte> text = stackalloc byte[MostBytes];
            text = text[.._file.ReadAt(text, 0)];
            // Three numbers: run, waited, how often.
            var second = text[(text.IndexOf((byte)' ') + 1)..];
            return Utf8Parser.TryParse(second, out long nanoseconds, out _) ? nanoseconds : 0;
        }
    }

    /// <summary>Null where there is no /proc.</summary>
    public static RunQueueDelay? OfThisThread()
    {
        var flags = OpenFlags.ReadOnly | OpenFlags.CloseOnExec;
        var descriptor = Libc.OpenAt(At.CurrentDirectory, "/proc/thread-self/schedstat\0"u8, flags, 0);
        return descriptor < 0 ? null : new(new OpenFile(descriptor));
    }
}
