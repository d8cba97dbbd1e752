using System.Text.Json;
using System.Text.Json.Serialization;
using Graph.Report.Document;

namespace Graph.Report.Verdicts;

/// <summary>--verdict-json: the answers for scripts. Ratios, never percents; what is not known is null.</summary>
internal sealed record VerdictDocument
{
    public int Schema { get; init; } = 1;

    /// <summary>0.1: ratios from 1/1.1 to 1.1 count as equal.</summary>
    public required double MarginRatio { get; init; }

    public required IReadOnlyList<ScenarioVerdict> Scenarios { get; init; }

    /// <summary>Scenarios that differ in the way in, the store or the connections alone; null where nothing varied.</summary>
    public IReadOnlyList<VariantVerdict>? Variants { get; init; }

    /// <summary>With --baseline: each cell against the same cell of the other study.</summary>
    public IReadOnlyList<BaselineVerdict>? Baseline { get; init; }

    /// <summary>The same sentences as in the report, section by section.</summary>
    public required IReadOnlyList<SectionVerdict> Report { get; init; }

    public static VerdictDocument Of(StudyReport report, ReportDocument document) => new()
    {
        MarginRatio = report.Rule.MarginRatio,
        Scenarios = [.. report.Analyses.Select(ScenarioVerdict.Of)],
        Variants = report.Variants.Count == 0 ? null : [.. report.Variants.Select(VariantVerdict.Of)],
        Baseline = report.Baseline.Count == 0 ? null : [.. report.Baseline.Select(BaselineVerdict.Of)],
        Report = [.. document.Sections.Select(SectionVerdict.Of)],
    };

    public string ToJson() => JsonSerializer.Serialize(this, VerdictJson.Default.VerdictDocument) + "\n";

    /// <summary>How scripts spell the names of enums.</summary>
    public static string Spell<T>(T name)
        where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(name.ToString());
}

/// <param name="Kind">scenario, verdict, ratios, checks, actions, pictures, figures or method.</param>
/// <param name="Title">Its heading.</param>
/// <param name="Sentences">Without those of tables.</param>
internal sealed record SectionVerdict(string Kind, string Title, IReadOnlyList<string> Sentences)
{
    public static SectionVerdict Of(ReportSection section) => new(
        VerdictDocument.Spell(section.Kind), section.Title,
        [
            .. section.Parts.OfType<SentencesPart>().SelectMany(part => part.Sentences.Select(
                sentence => part.Name is { } name ? $"{name}: {sentence.Text}" : sentence.Text)),
        ]);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(VerdictDocument))]
internal sealed partial class VerdictJson : JsonSerializerContext;
