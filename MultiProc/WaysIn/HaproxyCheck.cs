using MultiProc.Configuration;
using MultiProc.Processes;

namespace MultiProc.WaysIn;

/// <summary>Whether HAProxy is there and takes its configuration, warnings counting as errors.</summary>
internal static class HaproxyCheck
{
    /// <summary>What is wrong and what to do, in HAProxy's words where it has any; null when nothing is.</summary>
    public static async Task<string?> FindProblemAsync(Settings settings, string? executable, CancellationToken cancellation)
    {
        if (executable is null)
            return "haproxy is not installed: install it ('apt-get install haproxy') or choose another way in";
        var file = settings.WayIn.File!;
        if (!File.Exists(file)) return $"{file} is not there: pass --haproxy a configuration such as haproxy/study.cfg";
        // HAProxy goes first: it says best why a file can't be read.
        var (status, words) = await ProgramWords.OfAsync(
            executable, ["-dW", "-c", "-f", file], cancellation, HaproxyVariables.Of(settings));
        if (status != 0) return $"HAProxy does not take {file}: correct it; its own words:\n{words}";
        return settings.WayIn.ReachesSockets && !CommandTemplate.Mentions(settings.Command, CommandTemplate.Socket)
            ? $"{settings.WayIn.Name} reaches workers on unix sockets: have their command listen on one, such as "
                + "BlobsServer {dir} {port} --unix {socket}"
            : null;
    }
}
