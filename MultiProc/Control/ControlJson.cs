using System.Text.Json.Serialization;

namespace MultiProc.Control;

/// <summary>The body of POST /scale.</summary>
internal sealed record ScaleBody(int Procs);

/// <summary>Why something was not done, and what to do (RFC 9457).</summary>
internal sealed record ProblemBody(string Title, int Status);

/// <summary>What travels over the control socket, compiled rather than reflected: the supervisor must start fast.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(StatusReport))]
[JsonSerializable(typeof(ScaleBody))]
[JsonSerializable(typeof(ProblemBody))]
internal sealed partial class ControlJson : JsonSerializerContext;
