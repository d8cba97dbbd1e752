using System.Runtime.InteropServices;

namespace Linux;

/// <summary>A system call failed in a way that its caller does not expect.</summary>
internal sealed class SystemCallException(string action, int errno)
    : IOException($"{action} failed: {Marshal.GetPInvokeErrorMessage(errno)}")
{
    public int Errno { get; } = errno;

    /// <summary>For the call that has just failed in this thread.</summary>
    public static SystemCallException Last(string action) => new(action, Marshal.GetLastPInvokeError());
}
