using System.Collections.Immutable;
using System.Globalization;
using MultiProc.Processes;

namespace MultiProc;

/// <summary>The command of a worker: which one is run when none is given, and what its placeholders stand for.</summary>
internal static class CommandTemplate
{
    public const string Directory = "{dir}";
    public const string Port = "{port}";
    public const string Index = "{index}";

    /// <summary>The port of the way in, which workers share where no proxy listens there.</summary>
    public const string Front = "{front}";

    /// <summary>A unix socket, for a HAProxy that reaches its workers so.</summary>
    public const string Socket = "{socket}";

    /// <summary>The blobs server that was built or installed with this program.</summary>
    public static ImmutableArray<string> Default
    {
        get
        {
            var beside = Path.Combine(AppContext.BaseDirectory, "BlobsServer");
            // artifacts/bin/MultiProc/release/ -> artifacts/bin/BlobsServer/release/
            var built = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../../BlobsServer/release/BlobsServer"));
            return [File.Exists(beside) ? beside : built, Directory, Port];
        }
    }

    public static bool Mentions(IEnumerable<string> words, string placeholder) =>
        words.Any(word => word.Contains(placeholder, StringComparison.Ordinal));

    public static bool TellsWhereToListen(IReadOnlyCollection<string> words) =>
        new[] { Port, Index, Front, Socket }.Any(placeholder => Mentions(words, placeholder));

    public static ProcessCommand For(Settings settings, int index)
    {
        var words = settings.Command.Select(word => word
            .Replace(Directory, settings.DataDirectory, StringComparison.Ordinal)
            .Replace(Port, settings.PortOf(index).ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace(Front, settings.Port.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace(Socket, settings.SocketOf(index), StringComparison.Ordinal)
            .Replace(Index, index.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal));
        return new ProcessCommand([.. Affinity(settings.Cpus, index), .. words])
        {
            Environment = settings.Environment.ToImmutableDictionary(pair => pair.Key, string? (pair) => pair.Value),
        };
    }

    private static string[] Affinity(ImmutableArray<int> cpus, int index) =>
        cpus.IsEmpty ? [] : ["taskset", "--cpu-list", cpus[(index - 1) % cpus.Length].ToString(CultureInfo.InvariantCulture)];
}
