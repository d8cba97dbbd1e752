using System.Runtime.InteropServices;

namespace MultiProc;

/// <summary>SIGINT and SIGTERM: the first stops everything in order, the second at once.</summary>
internal sealed class StopSignals(Supervisor supervisor, Log log) : IDisposable
{
    private readonly PosixSignalRegistration[] _registrations =
    [
        Register(PosixSignal.SIGINT, 130, supervisor, log),
        Register(PosixSignal.SIGTERM, 143, supervisor, log),
    ];

    public void Dispose()
    {
        foreach (var registration in _registrations) registration.Dispose();
    }

    private static PosixSignalRegistration Register(PosixSignal signal, int exitStatus, Supervisor supervisor, Log log) =>
        PosixSignalRegistration.Create(signal, context =>
        {
            context.Cancel = true;
            log.Event($"{signal}: {(supervisor.IsStopping ? "killing" : "stopping")} everything");
            supervisor.RequestStop(new StopRequest(exitStatus, IsSignal: true));
        });
}
