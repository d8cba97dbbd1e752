namespace StudyPlan.Variables;

/// <summary>What a study's records call the server.</summary>
internal static class StudiedServer
{
    /// <summary>
    /// BlobsServer, a service's name, or the command of somebody's own; of a command that serves a SERVICE without its {port} and
    /// the like, since these tell a report of a server that is sent bodies of SCENARIOS' size.
    /// </summary>
    public static string NameOf(Values values) => (values["SERVICE"], values["SERVER"]) switch
    {
        ("", "") => "BlobsServer",
        ("", var server) => server,
        (var service, "") => service,
        var (service, server) =>
            $"{service} by {string.Join(' ', server.Split(' ').Where(word => !word.Contains('{', StringComparison.Ordinal)))}",
    };
}
