using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using Blobs.TestSupport;

namespace StudyResults.Tests;

/// <summary>What a record holds is told to people, and survives being written.</summary>
public sealed class RecordFieldsTests
{
    public static TheoryData<Type, string> Fields =>
    [
        .. new[]
        {
            typeof(RunRecord), typeof(WarmupRecord), typeof(LatencyRecord), typeof(OpenLoopRecord), typeof(CpuSecondsRecord),
            typeof(BooksRecord), typeof(MachineCpuRecord), typeof(MachineRecord), typeof(ComponentSecondsRecord),
            typeof(ThrottledRecord), typeof(ThrottlingRecord), typeof(PressureRecord), typeof(CpuSetRecord),
            typeof(CapacityRecord), typeof(CapacityTrialRecord),
        }.SelectMany(type => Properties(type).Select(property => (type, JsonNamingPolicy.CamelCase.ConvertName(property.Name)))),
    ];

    [Theory]
    [MemberData(nameof(Fields))]
    public void Field_IsToldInTheResultsFormat(Type type, string field)
    {
        var text = File.ReadAllText(Repository.PathOf("docs", "results-format.md"));
        Assert.True(Regex.IsMatch(text, $@"\b{field}\b"), $"{type.Name}: docs/results-format.md does not tell what {field} is");
    }

    /// <summary>The record by which reading and writing is tested leaves no field out, so a new one is tested too.</summary>
    [Fact]
    public void Example_HasEveryField()
    {
        var example = Records.Example();
        object[] parts =
        [
            example, example.Warmup!, example.Latency["put"], example.OpenLoop!, example.CpuSeconds, example.Books!,
            example.MachineCpu!, example.Machine, example.BusiestThreadSeconds!, example.Throttled!, example.Throttled!.Proxy!,
            example.Pressure!, example.CpuSet!, example.Capacity!, example.Capacity!.Trials[^1],
        ];
        foreach (var part in parts)
        {
            Assert.All(Properties(part.GetType()), property => Assert.True(
                property.GetValue(part) is not null, $"Records.Example() has no {part.GetType().Name}.{property.Name}"));
        }
    }

    private static PropertyInfo[] Properties(Type type) => type.GetProperties(BindingFlags.Public | BindingFlags.Instance);
}
