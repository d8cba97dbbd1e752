using System.Diagnostics;

namespace MultiProc.Tests.Load;

/// <summary>A request that failed, what HAProxy says of it, and whether a worker's death explains it.</summary>
/// <param name="Failure">As the client met it.</param>
/// <param name="Line">What HAProxy logged; null when it logged nothing.</param>
/// <param name="SinceDeath">From its worker's death to its sending, zero when it was under way; null: unexplained.</param>
internal sealed record LostRequest(BlobLoad.Failure Failure, ProxyLine? Line, TimeSpan? SinceDeath)
{
    /// <summary>A worker that closes its connection before it has answered, or while it does.</summary>
    private static readonly string[] ClosedByWorker = ["SH--", "SD--"];

    public static LostRequest Judge(BlobLoad.Failure failure, ProxyLine? line, WorkerDeaths deaths)
    {
        // HAProxy closes the client's connection and logs nothing when the worker's closes under any request but the first
        // of both: clients know that from servers, and may send it again.
        var isClosedInSilence = failure.Reason == BlobLoad.NoAnswer && line is null;
        var isClosed = failure.Reason is "502" or BlobLoad.NoAnswer && ClosedByWorker.Contains(line?.Termination);
        return new(failure, line, isClosedInSilence || isClosed ? deaths.Explain(failure, line?.Worker) : null);
    }

    public override string ToString()
    {
        var took = Stopwatch.GetElapsedTime(Failure.SentAt, Failure.EndedAt).TotalMilliseconds;
        return FormattableString.Invariant(
            $"{Failure.Request}: {Failure.Reason} after {took:0.0} ms; {Line?.Text ?? "HAProxy logged nothing of it"}\n");
    }
}
