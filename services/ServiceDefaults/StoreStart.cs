using StoreClients;

namespace ServiceDefaults;

/// <summary>The first words with a store, which may be starting itself.</summary>
internal static class StoreStart
{
    private const int Failed = 1;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>Tries until it is done or patience is over; then one line says why. Other failures are not tried again.</summary>
    /// <returns>The exit status: 0 or 1.</returns>
    public static async Task<int> TryAsync(
        string name, StoreUrl url, Func<CancellationToken, Task> work, CancellationToken cancellation)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (true)
        {
            try
            {
                // Replies are gone on with where they are read: the rest of the start is not to run there.
                await work(cancellation).ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
                return 0;
            }
            catch (Exception failure) when (Failures.IsStoreUnavailable(failure)
                && TimeProvider.System.GetElapsedTime(began) < Patience)
            {
                await Task.Delay(Pause, cancellation);
            }
            catch (Exception failure) when (Failures.IsOfStore(failure))
            {
                var why = failure.Message.ReplaceLineEndings(" ").TrimEnd('.');
                await Console.Error.WriteLineAsync(
                    $"{name}: cannot use the store at {url}: {why}; start one with stores/NAME or give another --store");
                return Failed;
            }
        }
    }
}
