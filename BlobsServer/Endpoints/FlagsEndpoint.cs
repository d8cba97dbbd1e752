using System.Buffers;
using System.Text.Json;
using BlobsServer.Storage;

namespace BlobsServer.Endpoints;

/// <summary>POST /blobs/{user}/{id} replaces the flags, GET with only_flags reads them.</summary>
internal static class FlagsEndpoint
{
    private const int MaxBodyBytes = 16 * 1024;

    public static async Task GetAsync(HttpContext http, IBlobStore store, BlobName name)
    {
        if (await store.ReadFlagsAsync(name, http.RequestAborted) is not { } flags)
        {
            await Problem.NotFoundAsync(http);
            return;
        }

        http.Response.ContentType = "application/json";
        http.Response.ContentLength = flags.Length;
        await http.Response.BodyWriter.WriteAsync(flags);
    }

    public static async Task PostAsync(HttpContext http, IBlobStore store, BlobName name)
    {
        var body = await http.Request.BodyReader.ReadAtLeastAsync(MaxBodyBytes + 1);
        if (body.Buffer.Length > MaxBodyBytes)
        {
            http.Request.BodyReader.AdvanceTo(body.Buffer.End);
            await Problem.WriteAsync(
                http, 413, $"The flags are too long: {MaxBodyBytes} bytes are enough for any.", ("part", "body"));
            return;
        }

        var (given, mistake) = Parse(body.Buffer);
        http.Request.BodyReader.AdvanceTo(body.Buffer.End);
        if (given is null)
        {
            await Problem.WriteAsync(
                http, 400, $"The body is not a JSON array of flags such as [\"PENDING\"]: {mistake}", ("part", "body"));
        }
        else if (Array.Find(given, flag => !FlagNames.IsOne(flag)) is { } unknown)
        {
            await Problem.WriteAsync(
                http, 406, $"There is no flag '{unknown}'; flags are {FlagNames.Text}.", ("part", "body"));
        }
        else if (await store.ReplaceFlagsAsync(name, StoredFlags.Of(given), http.RequestAborted))
        {
            http.Response.ContentLength = 0;
        }
        else
        {
            await Problem.NotFoundAsync(http);
        }
    }

    private static (string[]? Flags, string Mistake) Parse(in ReadOnlySequence<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            if (document.RootElement.ValueKind != JsonValueKind.Array)
            {
                return (null, $"it is of kind {document.RootElement.ValueKind}.");
            }
            var flags = new List<string>();
            foreach (var element in document.RootElement.EnumerateArray())
            {
                if (element.ValueKind != JsonValueKind.String) return (null, $"an element is of kind {element.ValueKind}.");
                flags.Add(element.GetString()!);
            }

            return ([.. flags], "");
        }
        catch (JsonException failure)
        {
            return (null, failure.Message);
        }
        catch (InvalidOperationException failure)
        {
            return (null, failure.Message); // a string that is no valid UTF-16, such as "\ud800"
        }
    }
}
