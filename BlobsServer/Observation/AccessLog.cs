using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using Microsoft.AspNetCore.Http.Features;

namespace BlobsServer.Observation;

/// <summary>
/// A line for each request on the standard output, written by one thread behind a queue. When the reader of the log is too
/// slow the queue fills and lines are dropped, not requests held up; so are they while nothing can be written, such as on a
/// full disk. The next line that gets through says how many.
/// </summary>
internal sealed class AccessLog(LogFormat format, TimeProvider time, Stream output)
{
    private const int QueueLines = 16 * 1024;
    private const int BatchBytes = 16 * 1024;

    private readonly Channel<LogLine> _lines = Channel.CreateBounded<LogLine>(
        new BoundedChannelOptions(QueueLines) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });

    private long _dropped;
    private bool _isFailing;

    public void Add(Exchange exchange, TimeSpan elapsed)
    {
        var http = exchange.Http;

        var target = http.Features.Get<IHttpRequestFeature>()!.RawTarget;
        var line = new LogLine(
            time.GetUtcNow(), http.Request.Method, target, exchange.Status, elapsed, exchange.ReceivedBytes, exchange.SentBytes);
        if (!_lines.Writer.TryWrite(line)) Interlocked.Increment(ref _dropped);
    }

    /// <summary>
    /// Writes until <see cref="Finish"/> was called and the queue is empty. On a thread of its own, which waits for whoever
    /// reads the log; it fails never.
    /// </summary>
    public Task RunAsync() =>
        Task.Factory.StartNew(Run, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    public void Finish() => _lines.Writer.TryComplete();

    private void Run()
    {
        var buffer = new ArrayBufferWriter<byte>();
        while (_lines.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            var lost = 0L;
            if (_isFailing) buffer.Write("\n"u8); // the last line may have been cut short
            while (buffer.WrittenCount < BatchBytes && _lines.Reader.TryRead(out var line)) lost += 1 + Write(buffer, line);
            if (!TryWrite(buffer.WrittenSpan)) Interlocked.Add(ref _dropped, lost);
            buffer.ResetWrittenCount();
        }
    }

    private bool TryWrite(ReadOnlySpan<byte> bytes)
    {
        try
        {
            output.Write(bytes);
            output.Flush();
            _isFailing = false;
            return true;
        }
        catch (IOException failure)
        {
            if (!_isFailing)
            {
                Console.Error.WriteLine(
                    $"BlobsServer: the log cannot be written, and is dropped until it can: {failure.Message}");
            }

            _isFailing = true;
            return false;
        }
    }

    /// <summary>How many lines were dropped before this one, which says so.</summary>
    private long Write(ArrayBufferWriter<byte> buffer, in LogLine line)
    {
        var dropped = Interlocked.Exchange(ref _dropped, 0);
        if (format == LogFormat.Json) WriteJson(buffer, line, dropped);
        else WriteText(buffer, line, dropped);
        buffer.Write("\n"u8);
        return dropped;
    }

    private static void WriteJson(ArrayBufferWriter<byte> buffer, in LogLine line, long dropped)
    {
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        json.WriteString("at", line.At);
        json.WriteString("method", line.Method);
        json.WriteString("target", line.Target);
        json.WriteNumber("status", line.Status);
        json.WriteNumber("elapsedSeconds", line.Elapsed.TotalSeconds);
        json.WriteNumber("receivedBytes", line.ReceivedBytes);
        json.WriteNumber("sentBytes", line.SentBytes);
        if (dropped > 0) json.WriteNumber("droppedLines", dropped);
        json.WriteEndObject();
    }

    private static void WriteText(ArrayBufferWriter<byte> buffer, in LogLine line, long dropped)
    {
        var text = string.Create(
            CultureInfo.InvariantCulture,
            $"{line.At:O} {line.Method} {line.Target} {line.Status} {line.Elapsed.TotalMilliseconds:0.000} ms, {line.ReceivedBytes} in, {line.SentBytes} out");
        buffer.Write(Encoding.UTF8.GetBytes(dropped > 0 ? $"{text} ({dropped} lines dropped before)" : text));
    }

    private readonly record struct LogLine(
        DateTimeOffset At, string Method, string Target, int Status, TimeSpan Elapsed, long ReceivedBytes, long SentBytes);
}
