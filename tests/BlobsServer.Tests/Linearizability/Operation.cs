namespace BlobsServer.Tests.Linearizability;

/// <summary>What was done to one id, by one client, and what came back.</summary>
/// <param name="Kind">Which request.</param>
/// <param name="Value">What was written (PUT: the body's number, POST: the flag) or read; null for nothing there.</param>
/// <param name="Succeeded">200, or not (409, 404).</param>
/// <param name="CalledAt">Before the request was sent.</param>
/// <param name="ReturnedAt">After the answer was read.</param>
internal sealed record Operation(OperationKind Kind, string? Value, bool Succeeded, long CalledAt, long ReturnedAt);

internal enum OperationKind
{
    Put,
    Get,
    Delete,
    SetFlag,
    GetFlag,
}
