using System.Runtime.InteropServices;

namespace BlobsServer.Linux;

/// <summary>A system call of the store failed in a way that no outcome expects: broken or exhausted I/O.</summary>
internal sealed class StorageException(string action, int errno)
    : IOException($"{action} failed: {Marshal.GetPInvokeErrorMessage(errno)}")
{
    public int Errno { get; } = errno;

    /// <summary>What was to be changed is changed, but a power cut may still undo it.</summary>
    public bool IsChangeMade { get; init; }

    /// <summary>For the call that has just failed in this thread.</summary>
    public static StorageException Last(string action) => new(action, Marshal.GetLastPInvokeError());
}
