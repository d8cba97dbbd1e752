namespace BlobsServer.Storage.Remote;

/// <summary>What it means that DIR did not take what is on its way to a store, or from it.</summary>
internal static class SpoolFailure
{
    /// <param name="failure">Of a file: .NET gives errno as its HResult.</param>
    public static StoreException Of(IOException failure) =>
        new(FileFailure.Of(failure.HResult), $"DIR: {failure.Message}", failure);
}
