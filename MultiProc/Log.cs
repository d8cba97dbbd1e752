using System.Threading.Channels;

namespace MultiProc;

/// <summary>
/// One line an event: the supervisor's own on standard error, its children's on standard output, each after its name.
/// A thread of its own writes, so that a terminal that is stopped, or a reader that is slow or gone, never holds up
/// the supervisor. Children's lines wait for the reader; the supervisor's are dropped when 4096 are waiting.
/// </summary>
internal sealed class Log : IAsyncDisposable
{
    private const string Supervisor = "multiproc";
    private static readonly TimeSpan FlushPatience = TimeSpan.FromSeconds(1);

    private readonly Channel<(TextWriter Stream, string Line)> _lines =
        Channel.CreateBounded<(TextWriter, string)>(new BoundedChannelOptions(4096) { SingleReader = true });

    private readonly Task _writing;

    public Log() => _writing = Task.Factory.StartNew(Write, TaskCreationOptions.LongRunning);

    public void Event(string message) => _lines.Writer.TryWrite((Console.Error, Prefixed(Supervisor, message)));

    /// <summary>A line that a child printed; called from a thread that may wait.</summary>
    public void Output(string name, string line)
    {
        var entry = (Console.Out, Prefixed(name, line));
        while (!_lines.Writer.TryWrite(entry))
        {
            if (!_lines.Writer.WaitToWriteAsync().AsTask().GetAwaiter().GetResult()) return;
        }
    }

    public async ValueTask DisposeAsync()
    {
        _lines.Writer.TryComplete();
        await Task.WhenAny(_writing, Task.Delay(FlushPatience));
    }

    private static string Prefixed(string name, string line) => $"{name,-9} | {line}";

    private void Write()
    {
        while (_lines.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            while (_lines.Reader.TryRead(out var entry)) WriteLine(entry.Stream, entry.Line);
        }
    }

    private static void WriteLine(TextWriter stream, string line)
    {
        try
        {
            stream.WriteLine(line);
        }
        catch (IOException)
        {
            // Nobody reads any more. That is no reason to stop serving.
        }
    }
}
