using Graph.Analysis;
using Graph.Charts;
using Graph.Inputs;
using Graph.Rendering;

namespace Graph;

/// <summary>Input to table, pictures and sentences: the order in which it happens, and what is said on the way.</summary>
internal static class GraphRun
{
    private const int Done = 0;
    private const int Failed = 1;

    public static async Task<int> RunAsync(GraphOptions options, TextWriter output, TextWriter errors, CancellationToken cancel)
    {
        var reading = StudyReader.Read(options.Inputs, options.SkipBad);
        if (reading.Input is not { } input) return Fail(errors, reading.Failure!);
        foreach (var warning in input.Warnings) errors.WriteLine($"Graph: {warning}");

        IReadOnlyList<Scenario> scenarios =
            [.. ScenarioBuilder.FromRecords(input.Records), .. ScenarioBuilder.FromRows(input.Rows, options.RunsPerRow)];
        try
        {
            var folder = new OutputFolder(options.OutputFolder);
            folder.WriteTables(scenarios);
            Say(scenarios, output, errors);
            return await DrawAsync(scenarios, folder, cancel) is { } failure ? Fail(errors, failure) : Done;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return Fail(errors, $"--out {OneLine.Of(options.OutputFolder)}: {OneLine.Of(failure.Message)}: name a folder that you may write to");
        }
    }

    private static void Say(IReadOnlyList<Scenario> scenarios, TextWriter output, TextWriter errors)
    {
        foreach (var scenario in scenarios)
        {
            output.WriteLine($"{scenario.Key.Describe()}:");
            foreach (var line in ComparisonLine.Of(scenario)) output.WriteLine($"  {line}");
            foreach (var remark in scenario.Remarks) errors.WriteLine($"Graph: {remark}");
        }
    }

    private static async Task<string?> DrawAsync(IReadOnlyList<Scenario> scenarios, OutputFolder folder, CancellationToken cancel)
    {
        var names = OutputFolder.NamesOf(scenarios);
        for (var index = 0; index < scenarios.Count; index++)
        {
            var figure = BlobsInParallel.Describe(scenarios[index]);
            foreach (var format in Enum.GetValues<PictureFormat>())
            {
                var drawing = await GnuplotRenderer.DrawAsync(figure, format, cancel);
                if (drawing.Bytes is not { } picture) return drawing.Failure;
                if (scenarios.Count > 1) folder.WritePicture($"blobs-in-parallel-{names[index]}", format, picture);
                if (index == 0) folder.WritePicture("blobs-in-parallel", format, picture);
            }
        }

        return null;
    }

    private static int Fail(TextWriter errors, string line)
    {
        errors.WriteLine($"Graph: {line}");
        return Failed;
    }
}
