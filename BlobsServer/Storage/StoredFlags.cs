using System.Text;
using System.Text.Json;

namespace BlobsServer.Storage;

/// <summary>Flags as they are stored: a JSON array of their names.</summary>
internal static class StoredFlags
{
    /// <summary>All of them are <see cref="FlagNames"/>, in which there is nothing that JSON would escape.</summary>
    public static byte[] Of(string[] flags) =>
        Encoding.ASCII.GetBytes($"[{string.Join(',', flags.Select(flag => $"\"{flag}\""))}]");

    /// <summary>Whether this flag is among them; what was not written by us, and can't be read, holds none.</summary>
    public static bool Hold(byte[] stored, string flag)
    {
        try
        {
            using var document = JsonDocument.Parse(stored);
            return document.RootElement.ValueKind == JsonValueKind.Array
                && document.RootElement.EnumerateArray().Any(
                    element => element.ValueKind == JsonValueKind.String && element.ValueEquals(flag));
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
