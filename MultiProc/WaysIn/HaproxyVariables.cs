using System.Collections.Immutable;
using System.Globalization;

namespace MultiProc.WaysIn;

/// <summary>The variables that a configuration of HAProxy may use.</summary>
internal static class HaproxyVariables
{
    public const string WayIn = "BLOBS_WAY_IN";
    public const string Sockets = "BLOBS_SOCKETS";

    public static ImmutableDictionary<string, string?> Of(Settings settings) => ImmutableDictionary<string, string?>.Empty
        .Add(WayIn, settings.WayIn.Name)
        .Add("BLOBS_PORT", settings.Port.ToString(CultureInfo.InvariantCulture))
        .Add("BLOBS_READY_PATH", settings.ReadyPath)
        .Add(Sockets, settings.Control.WorkerSockets)
        .Add("BLOBS_ADMIN_SOCKET", settings.Control.HaproxySocket);
}
