using System.Threading.Channels;

namespace MultiProc.Logging;

/// <summary>
/// One line an event: the supervisor's own on standard error, its children's on standard output, each after its name; or
/// both at the end of a file.
/// A thread of its own writes, so that a terminal that is stopped, or a reader that is slow or gone, never holds up
/// the supervisor. Children's lines wait for the reader; the supervisor's are dropped when 4096 are waiting.
/// </summary>
internal sealed class Log : IAsyncDisposable
{
    private const string OwnName = "multiproc";
    private static readonly TimeSpan FlushPatience = TimeSpan.FromSeconds(1);

    private readonly Channel<LogLine> _lines =
        Channel.CreateBounded<LogLine>(new BoundedChannelOptions(4096) { SingleReader = true });

    private readonly LogFormat _format;
    private readonly StreamWriter? _file;
    private readonly TimeProvider _time;
    private readonly Task _writing;

    /// <param name="format">How a line looks.</param>
    /// <param name="file">Where lines go; null: standard output and standard error.</param>
    /// <param name="time">When each was.</param>
    public Log(LogFormat format, StreamWriter? file, TimeProvider time)
    {
        (_format, _file, _time) = (format, file, time);
        _writing = Task.Factory.StartNew(Write, TaskCreationOptions.LongRunning);
    }

    public void Event(string message) =>
        _lines.Writer.TryWrite(new LogLine(_time.GetUtcNow(), OwnName, IsOutput: false, message));

    /// <summary>A line that a child printed; called from a thread that may wait.</summary>
    public void Output(string name, string message)
    {
        var line = new LogLine(_time.GetUtcNow(), name, IsOutput: true, message);
        while (!_lines.Writer.TryWrite(line))
        {
            if (!_lines.Writer.WaitToWriteAsync().AsTask().GetAwaiter().GetResult()) return;
        }
    }

    public async ValueTask DisposeAsync()
    {
        _lines.Writer.TryComplete();
        await Task.WhenAny(_writing, Task.Delay(FlushPatience, _time));
        if (_writing.IsCompleted && _file is not null) await _file.DisposeAsync();
    }

    /// <summary>Opens a file to write a log at its end; what is wrong and what to do, or null.</summary>
    public static (StreamWriter? File, string? Problem) TryOpen(string path)
    {
        try
        {
            return (new StreamWriter(path, append: true) { AutoFlush = true }, null);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return (null, $"can't write {path}: {exception.Message.TrimEnd('.')}; pass another --log-file");
        }
    }

    private void Write()
    {
        while (_lines.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            while (_lines.Reader.TryRead(out var line)) Write(line);
        }
    }

    private void Write(LogLine line)
    {
        try
        {
            (_file ?? (line.IsOutput ? Console.Out : Console.Error)).WriteLine(line.Format(_format));
        }
        catch (IOException)
        {
            // Nobody reads any more, or the disk is full. That is no reason to stop serving.
        }
    }
}
