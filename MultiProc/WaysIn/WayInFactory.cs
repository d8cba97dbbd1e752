using MultiProc.Configuration;
using MultiProc.Keeping;

namespace MultiProc.WaysIn;

/// <summary>Makes the way in that was asked for; its programs were found before.</summary>
internal static class WayInFactory
{
    public static IWayIn Create(Settings settings, Equipment equipment) => settings.WayIn.Proxy switch
    {
        ProxyKind.Haproxy => new HaproxyWayIn(settings, equipment),
        ProxyKind.Nginx => new NginxWayIn(settings, equipment),
        _ => new NoProxy(),
    };

    /// <summary>What would keep it from starting, in one line; null when nothing does.</summary>
    public static async Task<string?> FindProblemAsync(Settings settings, CancellationToken cancellation) =>
        settings.WayIn.Proxy switch
        {
            ProxyKind.Haproxy => await HaproxyCheck.FindProblemAsync(settings, HaproxyWayIn.Executable, cancellation),
            ProxyKind.Nginx => await NginxCheck.FindProblemAsync(settings, cancellation),
            _ => null,
        };
}
