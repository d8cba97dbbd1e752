using System.Runtime.InteropServices;

namespace StudyResults;

/// <summary>SIGINT and SIGTERM as a token, and the exit status that says which one it was.</summary>
public sealed class StopSignals : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly PosixSignalRegistration[] _registrations;

    public StopSignals() => _registrations =
    [
        PosixSignalRegistration.Create(PosixSignal.SIGINT, context => OnSignal(context, 130)),
        PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => OnSignal(context, 143)),
    ];

    public CancellationToken Token => _stop.Token;

    /// <summary>128 plus the signal's number; 0 as long as none came.</summary>
    public int ExitStatus { get; private set; }

    public void Dispose()
    {
        foreach (var registration in _registrations) registration.Dispose();
        _stop.Dispose();
    }

    private void OnSignal(PosixSignalContext context, int exitStatus)
    {
        context.Cancel = true;
        ExitStatus = exitStatus;
        _stop.Cancel();
    }
}
