namespace BlobsServer.Storage.Remote;

/// <summary>
/// One more try of what is the same when it is done twice. For a connection that broke at once, which says little of the next
/// one; silence was patience enough.
/// </summary>
internal static class SecondTry
{
    public static async ValueTask<T> RunAsync<T>(Func<ValueTask<T>> ask)
    {
        bool wasLost;
        try
        {
            return await ask();
        }
        catch (StoreException failure) when (IsBrokenConnection(failure))
        {
            wasLost = failure.Failure == StoreFailure.Lost;
        }

        try
        {
            return await ask();
        }
        catch (StoreException failure) when (wasLost)
        {
            throw failure.AfterLostTry();
        }
    }

    private static bool IsBrokenConnection(StoreException failure) =>
        failure is { Failure: StoreFailure.Lost or StoreFailure.Unavailable, InnerException: { } reason and not TimeoutException }
        && reason.InnerException is not TimeoutException; // as Npgsql says it
}
