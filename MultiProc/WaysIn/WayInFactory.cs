namespace MultiProc.WaysIn;

/// <summary>Makes the way in that was asked for; its programs were found before.</summary>
internal static class WayInFactory
{
    public static IWayIn Create(Settings settings, Surroundings surroundings) => settings.WayIn.Proxy switch
    {
        ProxyKind.Haproxy => new Haproxy(settings, surroundings),
        ProxyKind.Nginx => new Nginx(settings, surroundings),
        _ => new NoProxy(),
    };

    /// <summary>What would keep it from starting, in one line; null when nothing does.</summary>
    public static async Task<string?> FindProblemAsync(Settings settings, CancellationToken cancellation) =>
        settings.WayIn.Proxy switch
        {
            ProxyKind.Haproxy => await HaproxyCheck.FindProblemAsync(settings, Haproxy.Executable, cancellation),
            ProxyKind.Nginx => await NginxCheck.FindProblemAsync(settings, cancellation),
            _ => null,
        };
}
