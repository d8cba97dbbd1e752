using System.Text.Json;
using System.Text.Json.Serialization;

namespace StudyPlan;

/// <summary>What a plan needs to know of a line of runs.jsonl (docs/results-format.md).</summary>
internal sealed record RecordedRun
{
    public int? Order { get; init; }

    public int? Procs { get; init; }

    public required string Action { get; init; }

    public required int SizeKiB { get; init; }

    public string? Proxy { get; init; }

    public string? Store { get; init; }

    public double? CpuLimit { get; init; }

    public string? Durability { get; init; }

    public RecordedMachine? Machine { get; init; }

    public required long Operations { get; init; }

    public required double ElapsedSeconds { get; init; }

    public double OperationsPerSecond => Operations / ElapsedSeconds;

    /// <summary>All runs of a file; the first line that is none ends it and is named.</summary>
    public static IReadOnlyList<RecordedRun> Read(string path, out string problem)
    {
        problem = "";
        var runs = new List<RecordedRun>();
        foreach (var line in File.ReadLines(path))
        {
            try
            {
                if (line.Length > 0) runs.Add(JsonSerializer.Deserialize(line, PlanJson.Default.RecordedRun)!);
            }
            catch (JsonException)
            {
                problem = $"{path}:{runs.Count + 1}: no run record: remove that line, its run will be made again";
                break;
            }
        }

        return runs;
    }
}

/// <summary>What it ran on.</summary>
internal sealed record RecordedMachine(string? CpuModel, int Cores);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(RecordedRun))]
internal sealed partial class PlanJson : JsonSerializerContext;
