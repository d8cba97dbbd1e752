using MultiProc.Limits;
using MultiProc.Processes;
using MultiProc.Systemd;

namespace MultiProc;

/// <summary>Whom the supervisor tells what it does; null for those that nobody asked for.</summary>
internal sealed record SupervisorServices(
    PidFile PidFile, Limiter Limiter, ServiceNotifier? Notifier, IReadOnlyList<string> Software);
