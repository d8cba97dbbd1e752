using BlobsServer.Options;
using BlobsServer.Storage;
using BlobsServer.Storage.Addresses;
using BlobsServer.Storage.Disk;
using BlobsServer.Storage.PostgreSql;
using BlobsServer.Storage.Remote;
using BlobsServer.Storage.S3;
using StoreClients.PostgreSql;

namespace BlobsServer.Hosting;

/// <summary>Opens the store that was asked for, or says in one line why not and what to do.</summary>
internal static class StoreStart
{
    // A store that starts beside the server may not be there yet; its supervisor starts the server again anyway.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    public static async Task<(IBlobStore? Store, string? Problem)> OpenAsync(
        ServerOptions options, CancellationToken cancellationToken)
    {
        if (StoreLimits.WhyNot(options.Address, options.Store) is { } refusal) return (null, refusal);
        try
        {
            if (options.Address is null)
            {
                return (DiskStore.Open(
                    options.DataDirectory, options.Store, options.DiskThreads, TimeProvider.System, options.Sync), null);
            }

            return (await OpenRemoteAsync(options, new UnnamedFiles(options.DataDirectory), cancellationToken), null);
        }
        catch (NotSupportedException failure)
        {
            return (null, $"the store {options.Address} is not what was asked for: {Line(failure)}");
        }
        catch (StoreException failure) when (options.Address is not null)
        {
            return (null, $"cannot use the store {options.Address}: {Line(failure)}; see that it runs and that --store is right");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return (null, $"cannot write to {options.DataDirectory}: {Line(failure)}; choose another DIR or change its owner");
        }
    }

    private static async Task<IBlobStore> OpenRemoteAsync(
        ServerOptions options, UnnamedFiles files, CancellationToken cancellationToken)
    {
        if (options.Address is DatabaseAddress) SocketCompletions.RunInline();
        var began = TimeProvider.System.GetTimestamp();
        while (true)
        {
            try
            {
                return options.Address switch
                {
                    DatabaseAddress database =>
                        await PostgreSqlStore.OpenAsync(database.Url, files, options.Store, cancellationToken),
                    BucketAddress bucket =>
                        await S3Store.OpenAsync(bucket, files, options.Store, TimeProvider.System, cancellationToken),
                    _ => throw new InvalidOperationException($"nothing opens {options.Address}"),
                };
            }
            catch (StoreException failure) when (
                failure.Failure == StoreFailure.Unavailable && TimeProvider.System.GetElapsedTime(began) < Patience)
            {
                await Task.Delay(Pause, cancellationToken);
            }
        }
    }

    private static string Line(Exception failure) => failure.Message.ReplaceLineEndings(" ").TrimEnd('.');
}
