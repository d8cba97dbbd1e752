namespace StudyPlan.Variables;

/// <summary>What a study's records call the server.</summary>
internal static class StudiedServer
{
    /// <summary>BlobsServer, a service's name, or the command of somebody's own.</summary>
    public static string NameOf(Values values) =>
        values["SERVER"] is { Length: > 0 } server ? server : values["SERVICE"] is { Length: > 0 } service ? service : "BlobsServer";
}
