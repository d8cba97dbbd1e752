using System.Text.Json.Serialization;

namespace MultiProc.Control;

/// <summary>The body of POST /scale.</summary>
internal sealed record ScaleBody(int Procs);

/// <summary>The body of POST /serve.</summary>
internal sealed record ServeBody(int Procs);

/// <summary>The answer to POST /scale: done, and what is to be said about it.</summary>
internal sealed record DoneBody(string? Note);

/// <summary>The answer to POST /serve: the workers that were drawn, by index.</summary>
internal sealed record ServingBody(IReadOnlyList<int> Serving);

/// <summary>Why something was not done, and what to do (RFC 9457).</summary>
internal sealed record ProblemBody(string Title, int Status);

/// <summary>What travels over the control socket, compiled rather than reflected: the supervisor must start fast.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(StatusReport))]
[JsonSerializable(typeof(ScaleBody))]
[JsonSerializable(typeof(ServeBody))]
[JsonSerializable(typeof(DoneBody))]
[JsonSerializable(typeof(LimitsInForce))]
[JsonSerializable(typeof(Dictionary<string, double?>))]
[JsonSerializable(typeof(ServingBody))]
[JsonSerializable(typeof(ProblemBody))]
internal sealed partial class ControlJson : JsonSerializerContext;
