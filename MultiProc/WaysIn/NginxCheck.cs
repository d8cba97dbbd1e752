using MultiProc.Configuration;
using MultiProc.Processes;

namespace MultiProc.WaysIn;

/// <summary>Whether nginx is there and takes its configuration.</summary>
internal static class NginxCheck
{
    /// <summary>What is wrong, in nginx's words where it has any; null when nothing is.</summary>
    public static async Task<string?> FindProblemAsync(Settings settings, CancellationToken cancellation)
    {
        var file = settings.WayIn.File!;
        if (NginxWayIn.Executable is not { } executable)
            return "nginx is not installed: install it ('make deps PROXY=nginx') or leave out --nginx";
        if (!File.Exists(file)) return $"{file} is not there: pass --nginx a configuration such as proxies/nginx.conf";
        try
        {
            NginxWayIn.WriteConfiguration(settings);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return $"can't prepare {file}: {exception.Message.TrimEnd('.')}; make it readable or pass another --nginx";
        }

        var (status, words) = await ProgramWords.OfAsync(
            executable, ["-t", "-q", .. NginxWayIn.Arguments(settings)], cancellation);
        if (status == 0) return null;
        Directory.Delete(settings.Control.NginxFolder, recursive: true);
        return $"nginx does not take {file}: correct it; its own words:\n{words}";
    }
}
