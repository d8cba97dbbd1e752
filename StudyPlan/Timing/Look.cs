using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace StudyPlan.Timing;

/// <summary>What Graph says of a study that is still being made.</summary>
/// <param name="Open">Comparisons that are not decided.</param>
/// <param name="All">Comparisons in all.</param>
/// <param name="Answer">The answer so far, for people.</param>
internal sealed partial record Look(int Open, int All, string Answer)
{
    /// <summary>Asks Graph.</summary>
    /// <exception cref="InvalidOperationException">It failed, or said something else.</exception>
    public static Look Take(string graph, string runs)
    {
        using var process = Process.Start(new ProcessStartInfo(graph, [runs, "--look"]) { RedirectStandardOutput = true })!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 && Parse(output) is { } look
            ? look
            : throw new InvalidOperationException(
                $"{Path.GetFileName(graph)} {runs} --look ended with status {process.ExitCode} and said '{output.Trim()}'");
    }

    internal static Look? Parse(string output)
    {
        var open = OpenLine().Match(output);
        return open.Success
            ? new Look(
                Number(open.Groups[1]), Number(open.Groups[2]), AnswerLine().Match(output) is { Success: true } answer
                    ? answer.Groups[1].Value
                    : "")
            : null;
    }

    private static int Number(Group group) => int.Parse(group.Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^open (\d+) of (\d+)\s*$", RegexOptions.Multiline)]
    private static partial Regex OpenLine();

    [GeneratedRegex(@"^answer so far: (.*?)\s*$", RegexOptions.Multiline)]
    private static partial Regex AnswerLine();
}
