namespace RequestClient.Net;

/// <summary>The error numbers of Linux that the client tells apart (errno(3)).</summary>
internal static class Errno
{
    public const int Interrupted = 4;
    public const int TryAgain = 11;
    public const int BrokenPipe = 32;
    public const int NoSystemCall = 38;
    public const int ConnectionReset = 104;
    public const int TimedOut = 110;
    public const int ConnectionRefused = 111;
    public const int InProgress = 115;
}
