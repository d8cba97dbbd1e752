namespace BlobsServer.Hosting;

/// <summary>Whether a proxy should send requests here.</summary>
internal sealed class Readiness(StopSignal stop)
{
    public bool IsReady => !stop.IsReceived;
}
