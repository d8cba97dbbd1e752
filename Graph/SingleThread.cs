using System.Runtime.CompilerServices;
using MathNet.Numerics;

namespace Graph;

/// <summary>
/// MathNet.Numerics hands even tiny jobs to other threads and waits for them. On a machine with other work each wait costs a time
/// slice: beside three busy loops a report took 18 s instead of under 3 s.
/// </summary>
internal static class SingleThread
{
    [ModuleInitializer]
    internal static void Use() => Control.UseSingleThread();
}
