using System.Runtime.InteropServices;

namespace BlobsServer.Hosting;

/// <summary>SIGINT and SIGTERM, as something to wait for; the value is the exit status that the shell expects.</summary>
internal sealed class StopSignal : IDisposable
{
    private const int SignalBase = 128;
    private const int Interrupt = 2;
    private const int Terminate = 15;

    private readonly TaskCompletionSource<int> _received = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly PosixSignalRegistration _interrupt;
    private readonly PosixSignalRegistration _terminate;

    public StopSignal()
    {
        _interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, context => Receive(context, SignalBase + Interrupt));
        _terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => Receive(context, SignalBase + Terminate));
    }

    public Task<int> WaitAsync() => _received.Task;

    public void Dispose()
    {
        _interrupt.Dispose();
        _terminate.Dispose();
    }

    private void Receive(PosixSignalContext context, int exitStatus)
    {
        context.Cancel = true;
        _received.TrySetResult(exitStatus);
    }
}
