using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Net;
using BlobsServer.Observation;
using BlobsServer.Storage.Durable;

namespace BlobsServer.Options;

/// <summary>The command line: BlobsServer DIR PORT [options].</summary>
internal static class ServerCommand
{
    private const int MaxPort = 65535;
    private const int DefaultSyncThreads = 24;
    private const int MaxSyncThreads = 1024;
    private const int DefaultMaxBlobMiB = 1024;
    private const int MaxMaxBlobMiB = 1024 * 1024;
    private const long MaxQuotaKiB = 1L << 50;

    private static readonly Argument<string> DataDirectory = new("DIR") { Description = "Where the blobs are; made when it is missing." };
    private static readonly Argument<int> Port = new("PORT") { Description = "The TCP port to listen on." };

    private static readonly Option<IPAddress> Host = new("--host")
    {
        Description = "The address to listen on; 127.0.0.1 unless said otherwise.",
        CustomParser = ParseAddress,
        HelpName = "ADDRESS",
    };

    private static readonly Option<string> UnixSocket = new("--unix") { Description = "A unix socket to listen on as well.", HelpName = "PATH" };

    private static readonly Option<int?> SharedPort = new("--shared-port")
    {
        Description = "A port to listen on as well; several servers can share it, and the kernel deals connections out to them.",
        HelpName = "PORT",
    };

    private static readonly Option<Durability> Durable = new("--durability")
    {
        Description = "What an answer of 200 promises: 'always' (the default) survives a power cut, 'none' only the end of the process.",
        HelpName = "always|none",
    };

    private static readonly Option<int> SyncThreads = new("--sync-threads")
    {
        Description = "How many syncs may wait for the disk at once (with durability always); 24 unless said otherwise.",
        HelpName = "N",
    };

    private static readonly Option<int> MaxBlobMiB = new("--max-blob-mib")
    {
        Description = "The largest blob that is taken, in MiB; 1024 unless said otherwise.",
        HelpName = "N",
    };

    private static readonly Option<long?> QuotaKiB = new("--quota-kib") { Description = "What the blobs of one user may take together, in KiB.", HelpName = "N" };
    private static readonly Option<bool> AppendOnly = new("--append-only") { Description = "Refuse to delete (403)." };

    private static readonly Option<string> Tokens = new("--tokens")
    {
        Description = "A file of lines user:token; requests must then carry one, and touch only that user's blobs.",
        HelpName = "FILE",
    };

    private static readonly Option<LogFormat> Log = new("--log")
    {
        Description = "A line for each request on the standard output: json, text or none (the default).",
        HelpName = "json|text|none",
    };

    /// <summary>The command, which runs <paramref name="serve"/> with what was asked for.</summary>
    public static RootCommand Create(Func<ServerOptions, Task<int>> serve)
    {
        Port.Validators.Add(result => Bound(result, result.Tokens, "PORT", 1, MaxPort));
        SharedPort.Validators.Add(result => Bound(result, result.Tokens, "--shared-port", 1, MaxPort));
        SyncThreads.Validators.Add(result => Bound(result, result.Tokens, "--sync-threads", 1, MaxSyncThreads));
        MaxBlobMiB.Validators.Add(result => Bound(result, result.Tokens, "--max-blob-mib", 1, MaxMaxBlobMiB));
        QuotaKiB.Validators.Add(result => Bound(result, result.Tokens, "--quota-kib", 1, MaxQuotaKiB));
        var root = new RootCommand(
            """
            Keeps blobs in a directory and serves them over HTTP, as the Soledad blobs service does.

            Examples:
              BlobsServer /var/lib/blobs 8001
              BlobsServer /tmp/blobs 8001 --durability none
              BlobsServer /var/lib/blobs 8001 --tokens /etc/blobs.tokens --quota-kib 204800
              curl -T mail.enc http://127.0.0.1:8001/blobs/alice/mail-1
            """)
        {
            DataDirectory, Port, Host, UnixSocket, SharedPort, Durable, SyncThreads, MaxBlobMiB, QuotaKiB, AppendOnly, Tokens, Log,
        };
        root.SetAction((parsed, _) => serve(new ServerOptions
        {
            DataDirectory = parsed.GetRequiredValue(DataDirectory),
            Port = parsed.GetRequiredValue(Port),
            Host = parsed.GetValue(Host) ?? IPAddress.Loopback,
            UnixSocket = parsed.GetValue(UnixSocket),
            SharedPort = parsed.GetValue(SharedPort),
            Durability = parsed.GetValue(Durable),
            SyncThreads = parsed.GetResult(SyncThreads) is null ? DefaultSyncThreads : parsed.GetValue(SyncThreads),
            MaxBlobMiB = parsed.GetResult(MaxBlobMiB) is null ? DefaultMaxBlobMiB : parsed.GetValue(MaxBlobMiB),
            QuotaKiB = parsed.GetValue(QuotaKiB),
            IsAppendOnly = parsed.GetValue(AppendOnly),
            TokensFile = parsed.GetValue(Tokens),
            Log = parsed.GetValue(Log),
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

    private static void Bound(SymbolResult result, IReadOnlyList<Token> tokens, string name, long least, long most)
    {
        // What is no number at all is reported by the parser itself.
        if (tokens.Count != 1 || !long.TryParse(tokens[0].Value, CultureInfo.InvariantCulture, out var value)) return;
        if (value < least || value > most) result.AddError($"{name} is {value}: give a number from {least} to {most}.");
    }
}
