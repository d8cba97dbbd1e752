using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Net;
using BlobsServer.Storage;

namespace BlobsServer.Options;

/// <summary>The command line: BlobsServer DIR PORT [options].</summary>
internal static class ServerCommand
{
    private const int MaxPort = 65535;
    private const int MaxMaxBlobMiB = 1024 * 1024;

    private static readonly Argument<string> DataDirectory = new("DIR") { Description = "Where the blobs are; made when it is missing." };
    private static readonly Argument<int> Port = new("PORT") { Description = "The TCP port to listen on." };

    private static readonly Option<IPAddress> Host = new("--host")
    {
        Description = "The address to listen on.",
        DefaultValueFactory = _ => IPAddress.Loopback,
        CustomParser = ParseAddress,
        HelpName = "ADDRESS",
    };

    private static readonly Option<Durability> Durable = new("--durability")
    {
        Description = "What an answer of 200 promises: 'always' survives a power cut, 'none' only the end of the process.",
        DefaultValueFactory = _ => Durability.Always,
        HelpName = "always|none",
    };

    private static readonly Option<int> MaxBlobMiB = new("--max-blob-mib")
    {
        Description = "The largest blob that is taken, in MiB.",
        DefaultValueFactory = _ => 1024,
        HelpName = "N",
    };

    /// <summary>The command, which runs <paramref name="serve"/> with what was asked for.</summary>
    public static RootCommand Create(Func<ServerOptions, Task<int>> serve)
    {
        Port.Validators.Add(result => Bound(result, result.Tokens, "PORT", 1, MaxPort));
        MaxBlobMiB.Validators.Add(result => Bound(result, result.Tokens, "--max-blob-mib", 1, MaxMaxBlobMiB));
        var root = new RootCommand(
            """
            Keeps blobs in a directory and serves them over HTTP, as the Soledad blobs service does.

            Examples:
              BlobsServer /var/lib/blobs 8001
              BlobsServer /tmp/blobs 8001 --durability none
              curl -T mail.enc http://127.0.0.1:8001/blobs/alice/mail-1
            """)
        {
            DataDirectory, Port, Host, Durable, MaxBlobMiB,
        };
        root.SetAction((parsed, _) => serve(new ServerOptions
        {
            DataDirectory = parsed.GetRequiredValue(DataDirectory),
            Port = parsed.GetRequiredValue(Port),
            Host = parsed.GetRequiredValue(Host),
            Durability = parsed.GetRequiredValue(Durable),
            MaxBlobMiB = parsed.GetRequiredValue(MaxBlobMiB),
        }));
        return root;
    }

    private static IPAddress? ParseAddress(ArgumentResult result)
    {
        var text = result.Tokens.Count == 1 ? result.Tokens[0].Value : "";
        if (text == "localhost") return IPAddress.Loopback;
        if (IPAddress.TryParse(text, out var address)) return address;
        result.AddError($"--host is '{text}': give an IP address, for instance 127.0.0.1 or 0.0.0.0.");
        return null;
    }

    private static void Bound(SymbolResult result, IReadOnlyList<Token> tokens, string name, int least, int most)
    {
        // What is no number at all is reported by the parser itself.
        if (tokens.Count != 1 || !int.TryParse(tokens[0].Value, CultureInfo.InvariantCulture, out var value)) return;
        if (value < least || value > most) result.AddError($"{name} is {value}: give a number from {least} to {most}.");
    }
}
