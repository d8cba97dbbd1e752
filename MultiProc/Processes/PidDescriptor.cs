using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace MultiProc.Processes;

/// <summary>
/// A hold on one process (pidfd_open(2)): a signal through it never meets another one that got the same pid, which our
/// runtime may have freed a moment ago by asking how the process ended.
/// </summary>
internal sealed partial class PidDescriptor : IDisposable
{
    // The same numbers on every architecture that Linux has .NET for.
    private const long PidFdSendSignal = 424;
    private const long PidFdOpen = 434;
    private const int NotSupported = 38;

    private readonly int _pid;
    private readonly SafeFileHandle? _descriptor;

    private PidDescriptor(int pid, SafeFileHandle? descriptor) => (_pid, _descriptor) = (pid, descriptor);

    /// <summary>Takes hold of a process that we have just started.</summary>
    public static PidDescriptor Open(int pid)
    {
        var descriptor = (int)OpenCall(PidFdOpen, pid, 0);
        if (descriptor >= 0) return new PidDescriptor(pid, new SafeFileHandle(descriptor, ownsHandle: true));
        // Kernels before 5.3 know pids only. Any other failure: it has ended already.
        return new PidDescriptor(Marshal.GetLastPInvokeError() == NotSupported ? pid : 0, descriptor: null);
    }

    /// <summary>
    /// Signals a process that somebody else started: it is taken hold of first and looked at then, so that whoever got its pid
    /// meanwhile is left alone.
    /// </summary>
    /// <param name="pid">Its number.</param>
    /// <param name="signal">The signal.</param>
    /// <param name="isStillIt">Whether the process with that number is the one that is meant.</param>
    public static void Signal(int pid, int signal, Func<int, bool> isStillIt)
    {
        using var hold = Open(pid);
        if (isStillIt(pid)) hold.Signal(signal);
    }

    /// <summary>Sends a signal; one to a process that has ended is no error.</summary>
    public void Signal(int signal)
    {
        if (_descriptor is { IsClosed: false }) _ = SignalCall(PidFdSendSignal, _descriptor, signal, 0, 0);
        else if (_descriptor is null && _pid > 0) Posix.Signal(_pid, signal);
    }

    public void Dispose() => _descriptor?.Dispose();

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    private static partial long OpenCall(long number, long pid, long flags);

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    private static partial long SignalCall(long number, SafeFileHandle descriptor, long signal, long information, long flags);
}
