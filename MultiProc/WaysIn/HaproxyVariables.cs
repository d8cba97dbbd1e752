using System.Collections.Immutable;
using System.Globalization;
using MultiProc.Configuration;

namespace MultiProc.WaysIn;

/// <summary>The variables that a configuration of HAProxy may use.</summary>
internal static class HaproxyVariables
{
    public static ImmutableDictionary<string, string?> Of(Settings settings) => ImmutableDictionary<string, string?>.Empty
        .Add(WayInChoice.NameVariable, settings.WayIn.Name)
        .Add("BLOBS_PORT", settings.Port.ToString(CultureInfo.InvariantCulture))
        .Add("BLOBS_READY_PATH", settings.ReadyPath)
        .Add(WayInChoice.SocketsVariable, settings.Control.WorkerSockets)
        .Add("BLOBS_ADMIN_SOCKET", settings.Control.HaproxySocket);
}
