using System.Diagnostics.CodeAnalysis;
using StoreClients;

namespace BlobsServer.Storage.Addresses;

/// <summary>Where blobs are kept when they are not in DIR.</summary>
internal abstract record StoreAddress
{
    private const string Wanted = "give s3://BUCKET?endpoint=URL or postgresql://USER@HOST:PORT/DATABASE";

    /// <returns>Whether the text is an address; else <paramref name="problem"/> says what is wrong and what to write.</returns>
    public static bool TryParse(
        string text, [NotNullWhen(true)] out StoreAddress? address, [NotNullWhen(false)] out string? problem)
    {
        (address, problem) = (null, null);
        if (Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme == "s3")
            address = BucketAddress.Parse(text, uri, out problem);
        else if (StoreUrl.TryParse(text, out var url, out _) && url.Kind == StoreKind.PostgreSql) address = new DatabaseAddress(url);
        if (address is not null) return true;
        problem ??= $"'{text}' is no store for blobs; {Wanted}.";
        return false;
    }
}
