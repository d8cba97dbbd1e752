using System.Runtime.InteropServices;
using MultiProc.Logging;
using MultiProc.Pooling;

namespace MultiProc.Supervising;

/// <summary>
/// What signals ask of a supervisor: INT and TERM stop everything in order, and a second one at once; HUP replaces the
/// workers one by one; TTIN and TTOU ask for one worker more or less, as with nginx, gunicorn and puma.
/// </summary>
internal sealed class Signals(Supervisor supervisor, Log log) : IDisposable
{
    private readonly PosixSignalRegistration[] _registrations =
    [
        On(PosixSignal.SIGINT, () => Stop(supervisor, log, "SIGINT", 130)),
        On(PosixSignal.SIGTERM, () => Stop(supervisor, log, "SIGTERM", 143)),
        On(PosixSignal.SIGHUP, () => Change(supervisor, log, "SIGHUP", new ChangeRequest.Restart())),
        On(PosixSignal.SIGTTIN, () => Change(supervisor, log, "SIGTTIN", new ChangeRequest.ScaleBy(1))),
        On(PosixSignal.SIGTTOU, () => Change(supervisor, log, "SIGTTOU", new ChangeRequest.ScaleBy(-1))),
    ];

    public void Dispose()
    {
        foreach (var registration in _registrations) registration.Dispose();
    }

    private static PosixSignalRegistration On(PosixSignal signal, Action action) => PosixSignalRegistration.Create(
        signal,
        context =>
        {
            context.Cancel = true;
            action();
        });

    private static void Stop(Supervisor supervisor, Log log, string signal, int exitStatus)
    {
        log.Event(supervisor.IsStopping ? $"{signal}: killing everything" : $"{signal}: stopping everything; again to kill it");
        supervisor.RequestStop(new StopRequest(exitStatus, IsSignal: true));
    }

    private static void Change(Supervisor supervisor, Log log, string signal, ChangeRequest request)
    {
        log.Event(signal);
        supervisor.RequestAsync(request).ContinueWith(
            // What was begun reports its own end; only a refusal has nobody else to tell of it.
            change => log.Event($"{signal}: {change.Result ?? "done"}"),
            CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
    }
}
