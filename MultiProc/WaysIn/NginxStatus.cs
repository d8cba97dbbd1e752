using System.Globalization;
using MultiProc.Probing;

namespace MultiProc.WaysIn;

/// <summary>
/// nginx's stub_status page. It counts every request, those for the page itself included, so who asks keeps count of its
/// questions, one after the other, and takes them off again: also those that were answered too late for us.
/// </summary>
internal sealed class NginxStatus(int port, string path, TimeSpan timeout)
{
    private readonly Lock _gate = new();
    private Task _last = Task.CompletedTask;
    private Questions _questions = new();

    /// <summary>A new nginx counts from zero. What the one before was asked ends in its own count.</summary>
    public void BeginAnew() => Volatile.Write(ref _questions, new Questions());

    /// <summary>Requests of others since nginx started; null when it does not answer.</summary>
    public Task<long?> CountAsync(CancellationToken cancellation)
    {
        lock (_gate)
        {
            var count = CountAfterAsync(_last, cancellation);
            _last = count;
            return count;
        }
    }

    /// <summary>The third number under "server accepts handled requests" (ngx_http_stub_status_module).</summary>
    internal static long? ParseRequests(string text)
    {
        var lines = text.Split('\n');
        var heading = Array.FindIndex(
            lines, line => line.StartsWith("server accepts handled requests", StringComparison.Ordinal));
        if (heading < 0 || heading + 1 >= lines.Length) return null;
        var numbers = lines[heading + 1].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return numbers.Length >= 3
            && long.TryParse(numbers[2], NumberStyles.None, CultureInfo.InvariantCulture, out var requests)
                ? requests
                : null;
    }

    private async Task<long?> CountAfterAsync(Task before, CancellationToken cancellation)
    {
        await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellation.ThrowIfCancellationRequested();
        var questions = Volatile.Read(ref _questions);
        // Who asked may be gone before the answer comes, and that is asked too.
        questions.Asked++;
        var (text, wasAsked) = await LocalPage.AskAsync(port, path, timeout, cancellation);
        if (!wasAsked) questions.Asked--;
        return text is null ? null : ParseRequests(text) - questions.Asked;
    }

    /// <summary>Of one nginx. One question follows another, so nobody else counts meanwhile.</summary>
    private sealed class Questions
    {
        public long Asked { get; set; }
    }
}
