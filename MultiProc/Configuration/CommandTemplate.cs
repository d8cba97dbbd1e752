using System.Collections.Immutable;
using System.Globalization;
using MultiProc.Processes;

namespace MultiProc.Configuration;

/// <summary>The command of a worker: which one is run when none is given, and what its placeholders stand for.</summary>
internal static class CommandTemplate
{
    private const string OwnServer = "BlobsServer";

    public const string Directory = "{dir}";
    public const string Port = "{port}";
    public const string Index = "{index}";

    /// <summary>The port of the way in, which workers share where no proxy listens there.</summary>
    public const string Front = "{front}";

    /// <summary>A unix socket, for a HAProxy that reaches its workers so.</summary>
    public const string Socket = "{socket}";

    /// <summary>The store's port.</summary>
    public const string StorePort = "{storeport}";

    /// <summary>The URL that the store printed.</summary>
    public const string Store = "{store}";

    /// <summary>The blobs server that was built or installed with this program.</summary>
    public static ImmutableArray<string> Default
    {
        get
        {
            var beside = Path.Combine(AppContext.BaseDirectory, OwnServer);
            // artifacts/bin/MultiProc/release/ -> artifacts/bin/BlobsServer/release/
            var built = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../../BlobsServer/release/BlobsServer"));
            return [File.Exists(beside) ? beside : built, Directory, Port];
        }
    }

    /// <summary>
    /// What our own server must be told so that a way in reaches it; nothing for others, whose options we don't know.
    /// </summary>
    public static ImmutableArray<string> WordsFor(WayInChoice wayIn, ImmutableArray<string> command)
    {
        if (command.IsEmpty || Path.GetFileName(command[0]) != OwnServer) return [];
        if (wayIn.ReachesSockets && !Mentions(command, Socket)) return ["--unix", Socket];
        return wayIn == WayInChoice.SharedPort && !Mentions(command, Front) ? ["--shared-port", Front] : [];
    }

    public static bool Mentions(IEnumerable<string> words, string placeholder) =>
        words.Any(word => word.Contains(placeholder, StringComparison.Ordinal));

    public static bool TellsWhereToListen(IReadOnlyCollection<string> words) =>
        new[] { Port, Index, Front, Socket }.Any(placeholder => Mentions(words, placeholder));

    public static ProcessCommand For(Settings settings, int index, string? storeUrl = null)
    {
        var words = settings.Command.Select(word => word
            .Replace(Directory, settings.DataDirectory, StringComparison.Ordinal)
            .Replace(Port, settings.PortOf(index).ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace(Front, settings.Port.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace(Socket, settings.SocketOf(index), StringComparison.Ordinal)
            .Replace(Index, index.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace(StorePort, settings.StorePort.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace(Store, storeUrl, StringComparison.Ordinal));
        return new ProcessCommand([.. Affinity(settings, index), .. words])
        {
            Environment = settings.Environment.ToImmutableDictionary(pair => pair.Key, string? (pair) => pair.Value),
        };
    }

    public static ProcessCommand ForStore(Settings settings) => new(
        [.. Placement.WordsFor(settings.Placement.Store), .. settings.StoreCommand.Select(word => word
            .Replace(Directory, settings.DataDirectory, StringComparison.Ordinal)
            .Replace(StorePort, settings.StorePort.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal))]);

    /// <summary>One processor each in turn, or all of a set.</summary>
    private static ImmutableArray<string> Affinity(Settings settings, int index) => Placement.WordsFor(
        settings.Cpus.IsEmpty ? settings.Placement.Workers : [settings.Cpus[(index - 1) % settings.Cpus.Length]]);
}
