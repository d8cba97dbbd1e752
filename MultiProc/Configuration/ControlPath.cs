using System.Text;
using MultiProc.Processes;

namespace MultiProc.Configuration;

/// <summary>The control socket's path, and the paths of what belongs to it.</summary>
internal sealed record ControlPath(string FullPath)
{
    /// <summary>sun_path holds 108 bytes (unix(7)); HAProxy binds to its path and ".PID.tmp" first, then renames.</summary>
    private const int LongestBytes = 80;

    /// <summary>The path that was given on the command line, or the default.</summary>
    public static ControlPath Of(string? given) => given is null ? Default : new ControlPath(Path.GetFullPath(given));

    public string HaproxySocket => FullPath + ".haproxy";

    /// <summary>With a worker's index behind it, a unix socket for that worker to listen on.</summary>
    public string WorkerSockets => FullPath + ".w";

    /// <summary>Where nginx keeps its configuration and what it has no room for in memory.</summary>
    public string NginxFolder => FullPath + ".nginx";

    /// <summary>The list of what runs, locked as long as its supervisor lives.</summary>
    public string PidFile => FullPath + ".pids";

    /// <summary>The one that is used when none is given.</summary>
    public static ControlPath Default =>
        Environment.GetEnvironmentVariable("XDG_RUNTIME_DIR") is { Length: > 0 } runtime
            ? new(Path.Combine(runtime, "multiproc.sock"))
            : new($"/tmp/multiproc-{Posix.EffectiveUserId}/control.sock");

    /// <summary>Why nobody answers there, and what to do.</summary>
    public string ExplainSilence() =>
        Posix.FactsOf(FullPath) is { } facts && facts.OwnerUserId != Posix.EffectiveUserId && Posix.EffectiveUserId != 0
            ? $"{FullPath} is user {facts.OwnerUserId}'s: run this as that user, or pass the --control of one of yours"
            : $"no supervisor answers on {FullPath}: start one, or pass its --control";

    /// <summary>Makes the socket's directory; returns what is wrong with the path and what to do, or null.</summary>
    public string? Prepare()
    {
        if (Encoding.UTF8.GetByteCount(FullPath) > LongestBytes)
            return $"{FullPath} is too long for a unix socket: pass a --control of at most {LongestBytes} bytes";
        var folder = Path.GetDirectoryName(FullPath) ?? "/";
        const UnixFileMode ours = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        if (FolderCheck.FindProblem(folder, ours) is { } problem) return $"{problem}; pass another --control";
        // In /tmp anybody could have made the directory first, and would then own our socket.
        if (this == Default && Posix.FactsOf(folder)?.OwnerUserId != Posix.EffectiveUserId)
            return $"{folder} belongs to somebody else: pass a --control in a directory of yours";
        if (Posix.FactsOf(FullPath) is { IsSocket: false })
            return $"{FullPath} is there and is no socket: pass another --control";
        return null;
    }
}
