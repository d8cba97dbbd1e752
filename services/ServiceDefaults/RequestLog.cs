using System.Buffers;
using System.Text.Json;

namespace ServiceDefaults;

/// <summary>
/// A JSON line for each request on the standard output. Requests append to a buffer; one thread writes what has gathered,
/// a few times a second, so that a line costs no wake-up and no system call. When the reader of the log is too slow the
/// buffer fills and lines are dropped, not requests held up; the next line that gets through says how many.
/// </summary>
internal sealed class RequestLog : IDisposable
{
    private const int MostWaitingBytes = 8 * 1024 * 1024;

    private static readonly TimeSpan WritePeriod = TimeSpan.FromMilliseconds(100);

    private readonly Lock _gate = new();
    private readonly ManualResetEventSlim _isEnding = new();
    private readonly TimeProvider _time;
    private readonly Stream _output;
    private readonly Thread _thread;
    private readonly Utf8JsonWriter _json;

    private ArrayBufferWriter<byte> _waiting = new(MostWaitingBytes / 8);
    private ArrayBufferWriter<byte> _leaving = new(MostWaitingBytes / 8);
    private long _dropped;

    public RequestLog(Stream output, TimeProvider time)
    {
        (_output, _time) = (output, time);
        _json = new Utf8JsonWriter(_waiting);
        _thread = new Thread(WriteUntilTheEnd) { IsBackground = true, Name = "request log" };
        _thread.Start();
    }

    /// <summary>The step before all others: it sees each request come and go.</summary>
    public RequestDelegate MeasureAsync(RequestDelegate next) => async http =>
    {
        var began = _time.GetTimestamp();
        try
        {
            await next(http);
        }
        finally
        {
            Add(http, _time.GetElapsedTime(began));
        }
    };

    /// <summary>Writes what is left.</summary>
    public void Dispose()
    {
        _isEnding.Set();
        _thread.Join();
        _json.Dispose();
        _isEnding.Dispose();
    }

    private void Add(HttpContext http, TimeSpan elapsed)
    {
        var now = _time.GetUtcNow();
        lock (_gate)
        {
            if (_waiting.WrittenCount > MostWaitingBytes)
            {
                _dropped++;
                return;
            }

            _json.Reset(_waiting);
            _json.WriteStartObject();
            _json.WriteString("at"u8, now);
            _json.WriteString("method"u8, http.Request.Method);
            _json.WriteString("target"u8, http.Request.Path.Value + http.Request.QueryString.Value);
            _json.WriteNumber("status"u8, http.Response.StatusCode);
            _json.WriteNumber("elapsedSeconds"u8, elapsed.TotalSeconds);
            if (http.Response.Headers.TryGetValue(Tracing.Header, out var tracingId))
                _json.WriteString("tracingId"u8, tracingId.ToString());
            if (_dropped > 0) _json.WriteNumber("droppedLines"u8, _dropped);
            _json.WriteEndObject();
            _json.Flush();
            _waiting.Write("\n"u8);
            _dropped = 0;
        }
    }

    private void WriteUntilTheEnd()
    {
        var isLast = false;
        while (!isLast)
        {
            isLast = _isEnding.Wait(WritePeriod);
            lock (_gate) (_waiting, _leaving) = (_leaving, _waiting);
            try
            {
                _output.Write(_leaving.WrittenSpan);
            }
            catch (IOException)
            {
                return; // nobody reads the log any more; requests go on, and the buffer fills once
            }

            _leaving.ResetWrittenCount();
        }
    }
}
