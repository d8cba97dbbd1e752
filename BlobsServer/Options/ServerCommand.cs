using System.CommandLine;
using System.Net;
using BlobsServer.Observation;
using BlobsServer.Storage;
using BlobsServer.Storage.Addresses;
using BlobsServer.Storage.Disk;

namespace BlobsServer.Options;

/// <summary>The command line: BlobsServer DIR PORT [options].</summary>
internal static class ServerCommand
{
    private const int MaxPort = 65535;
    private const int DefaultDiskThreads = 64;
    private const int MaxDiskThreads = 1024;
    private const int MaxMaxBlobMiB = 1024 * 1024;
    private const long MaxQuotaKiB = 1L << 50;

    private static readonly Argument<string> DataDirectory = new("DIR")
    {
        Description = "Where the blobs are, or with --store where large ones wait on their way; made when it is missing.",
        CustomParser = OptionValue.Path("DIR"),
    };

    private static readonly Argument<int> Port = new("PORT")
    {
        Description = "The TCP port to listen on.",
        CustomParser = OptionValue.Number("PORT", 1, MaxPort),
    };

    private static readonly Option<StoreAddress> Store = new("--store")
    {
        Description = "Keep the blobs elsewhere: s3://BUCKET?endpoint=URL or postgresql://USER@HOST:PORT/DATABASE.",
        CustomParser = OptionValue.Store,
        HelpName = "URL",
    };

    private static readonly Option<IPAddress> Host = new("--host")
    {
        Description = "The address to listen on; 127.0.0.1 unless said otherwise.",
        CustomParser = OptionValue.Address,
        HelpName = "ADDRESS",
    };

    private static readonly Option<string> UnixSocket = new("--unix")
    {
        Description = "A unix socket to listen on as well, for this user and group (mode 660).",
        CustomParser = OptionValue.SocketPath,
        HelpName = "PATH",
    };

    private static readonly Option<int?> SharedPort = new("--shared-port")
    {
        Description = "A port to listen on as well; several servers can share it, and the kernel deals connections out to them.",
        CustomParser = result => OptionValue.Number("--shared-port", 1, MaxPort)(result),
        HelpName = "PORT",
    };

    private static readonly Option<Durability> Durable = new("--durability")
    {
        Description = "What 200 promises: 'always' (the default) survives a power cut, 'none' only the end of the process.",
        CustomParser = OptionValue.Choice<Durability>("--durability"),
        HelpName = "always|none",
    };

    private static readonly Option<int> DiskThreads = new("--disk-threads")
    {
        Description =
            $"How many requests may wait for the disk or for locks at once; {DefaultDiskThreads} unless said otherwise.",
        CustomParser = OptionValue.Number("--disk-threads", 1, MaxDiskThreads),
        HelpName = "N",
    };

    private static readonly Option<SyncWay> Sync = new("--sync")
    {
        Description = "With durability always: 'journal' (the default) syncs blob and name together where an ext4 has a journal, "
            + "'files' one after the other as elsewhere.",
        CustomParser = OptionValue.Choice<SyncWay>("--sync"),
        HelpName = "journal|files",
    };

    private static readonly Option<int?> MaxBlobMiB = new("--max-blob-mib")
    {
        Description = "The largest blob that is taken, in MiB; 1024 unless said otherwise, 64 in PostgreSQL.",
        CustomParser = result => OptionValue.Number("--max-blob-mib", 1, MaxMaxBlobMiB)(result),
        HelpName = "N",
    };

    private static readonly Option<long?> QuotaKiB = new("--quota-kib")
    {
        Description = "What the blobs of one user may take together, in KiB; each counts as 1 KiB at least.",
        CustomParser = OptionValue.LargeNumber("--quota-kib", 1, MaxQuotaKiB),
        HelpName = "N",
    };

    private static readonly Option<bool> AppendOnly = new("--append-only") { Description = "Refuse to delete (403)." };

    private static readonly Option<string> Tokens = new("--tokens")
    {
        Description = "A file of lines user:token; requests must then carry one, and touch only that user's blobs.",
        CustomParser = OptionValue.Path("--tokens"),
        HelpName = "FILE",
    };

    private static readonly Option<LogFormat> Log = new("--log")
    {
        Description = "A line for each request on the standard output: json, text or none (the default).",
        CustomParser = OptionValue.Choice<LogFormat>("--log"),
        HelpName = "json|text|none",
    };

    private static readonly Option<TransportName> Transport = new("--transport")
    {
        Description = "What carries bytes between sockets and the server: epoll (the default) is ours, sockets is Kestrel's.",
        CustomParser = OptionValue.Choice<TransportName>("--transport"),
        HelpName = "epoll|sockets",
    };

    /// <summary>The command, which runs <paramref name="serve"/> with what was asked for.</summary>
    public static RootCommand Create(Func<ServerOptions, Task<int>> serve)
    {
        var root = new RootCommand(
            """
            Keeps blobs in a directory, a bucket or a database and serves them over HTTP, as the Soledad blobs service does.

            Examples:
              BlobsServer /var/lib/blobs 8001
              BlobsServer /tmp/blobs 8001 --durability none
              BlobsServer /var/lib/blobs 8001 --tokens /etc/blobs.tokens --quota-kib 204800
              BlobsServer /var/tmp/blobs 8001 --store 's3://mail?endpoint=https://s3.example.org'
              curl -T mail.enc http://127.0.0.1:8001/blobs/alice/mail-1
            """)
        {
            DataDirectory, Port, Store, Host, UnixSocket, SharedPort, Durable, Sync, DiskThreads, MaxBlobMiB, QuotaKiB,
            AppendOnly,
            Tokens, Log, Transport,
        };
        root.SetAction((parsed, _) => serve(new ServerOptions
        {
            DataDirectory = parsed.GetRequiredValue(DataDirectory),
            Port = parsed.GetRequiredValue(Port),
            Address = parsed.GetValue(Store),
            Host = parsed.GetValue(Host) ?? IPAddress.Loopback,
            UnixSocket = parsed.GetValue(UnixSocket),
            SharedPort = parsed.GetValue(SharedPort),
            Durability = parsed.GetValue(Durable),
            DiskThreads = parsed.GetResult(DiskThreads) is null ? DefaultDiskThreads : parsed.GetValue(DiskThreads),
            Sync = parsed.GetValue(Sync),
            MaxBlobMiB = parsed.GetValue(MaxBlobMiB),
            QuotaKiB = parsed.GetValue(QuotaKiB),
            IsAppendOnly = parsed.GetValue(AppendOnly),
            TokensFile = parsed.GetValue(Tokens),
            Log = parsed.GetValue(Log),
            Transport = parsed.GetValue(Transport),
        }));
        return root;
    }
}
