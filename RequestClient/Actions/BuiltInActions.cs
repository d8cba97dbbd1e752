using System.Text.Json;
using System.Text.RegularExpressions;

namespace RequestClient.Actions;

/// <summary>The study's six actions, in the terms of contract 2 (docs/http-api.md).</summary>
internal static partial class BuiltInActions
{
    private static readonly Step Put = new() { Name = "put", Method = "PUT", Path = "/blobs/{user}/{id}", SendsBlob = true };

    public static IReadOnlyList<ActionPlan> All { get; } =
    [
        new("baseline", [new Step { Name = "baseline", Method = "GET", Path = "/" }]),
        new("list",
        [
            new Step
            {
                Name = "list", Method = "GET", Path = "/blobs/{user}/", Accepts = NotAListing,
                Wanted = [new WantedReply(200, WantedBody.Same)],
            },
        ]),
        new("put", [Put]),
        new(
            "get",
            [Put, Put with { Name = "get", Method = "GET", SendsBlob = false, Wanted = [new WantedReply(200, WantedBody.Blob)] }]),
        new("flag",
        [
            Put,
            Put with { Name = "flag", Method = "POST", SendsBlob = false, SendsText = ("[\"PROCESSED\"]", "application/json") },
        ]),
        new("delete", [Put, Put with { Name = "delete", Method = "DELETE", SendsBlob = false }]),
    ];

    /// <summary>For messages: "baseline list put".</summary>
    public static string Names => string.Join(' ', All.Select(action => action.Name));

    /// <summary>Null when there is none of that name.</summary>
    public static ActionPlan? Find(string name) => All.FirstOrDefault(action => action.Name == name);

    /// <summary>Whether it is one of these, and not one that a file calls the same.</summary>
    public static bool Contains(ActionPlan action) => ReferenceEquals(Find(action.Name), action);

    /// <summary>Null when the bytes are a JSON array of ids, otherwise what they are instead.</summary>
    private static string? NotAListing(byte[] body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            if (json.RootElement.ValueKind != JsonValueKind.Array) return "the listing is no JSON array";
            var stranger = json.RootElement.EnumerateArray()
                .FirstOrDefault(item => item.ValueKind != JsonValueKind.String || !Id().IsMatch(item.GetString()!));
            return stranger.ValueKind == JsonValueKind.Undefined ? null : $"the listing holds {stranger}, which is no id";
        }
        catch (JsonException failure)
        {
            return $"the listing is no JSON ({failure.Message})";
        }
    }

    [GeneratedRegex(@"\A[A-Za-z0-9_-]{1,200}\z")]
    private static partial Regex Id();
}
