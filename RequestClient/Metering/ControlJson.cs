using System.Text.Json.Serialization;

namespace RequestClient.Metering;

/// <summary>The body of POST /serve.</summary>
internal sealed record ServeBody(int Procs);

/// <summary>Why the supervisor did not do something (RFC 9457).</summary>
internal sealed record ProblemBody(string? Title);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ControlStatus))]
[JsonSerializable(typeof(ServeBody))]
[JsonSerializable(typeof(ProblemBody))]
[JsonSerializable(typeof(Dictionary<string, double?>))]
internal sealed partial class ControlJson : JsonSerializerContext;
