using System.Globalization;

namespace StudyResults.Tests;

/// <summary>What is said of a broken line names its place in the words of the file, never a type of .NET.</summary>
public sealed class RecordFaultTests
{
    private const string Remedy = "; remove the line and run that cell again";

    [Theory]
    [InlineData("\"action\":\"put\"", "\"action\":7", "action is not what belongs there")]
    [InlineData("\"action\":\"put\"", "\"action\":null", "action is not what belongs there")]
    [InlineData("\"amount\":", "\"amount\":1.5,\"were\":", "amount is not what belongs there")]
    [InlineData("\"sizeKiB\":", "\"sizeKiB\":3e9,\"were\":", "sizeKiB is not what belongs there")]
    [InlineData("\"amount\":", "\"amount\":1e300,\"were\":", "amount is not what belongs there")]
    [InlineData("\"amount\":", "\"amount\":\"many\",\"were\":", "amount is not what belongs there")]
    [InlineData("\"action\":\"put\",", "", "it lacks action")]
    [InlineData("\"action\":", "\"action\"", "no JSON from column {0} on")]
    public void A_broken_record_is_told_in_the_words_of_its_file(string old, string broken, string expected)
    {
        var good = RunLog.ToJson(Records.Minimal() with { Action = "put" });
        Assert.Contains(old, good, StringComparison.Ordinal);
        var line = good.Replace(old, broken, StringComparison.Ordinal);
        var column = line.IndexOf("\"action\"", StringComparison.Ordinal) + "\"action\"".Length + 1;

        var message = Assert.Throws<RunLogException>(() => RunLog.Parse(line, "runs.jsonl", 7)).Message;

        Assert.Equal(
            $"runs.jsonl:7: no run record: {string.Format(CultureInfo.InvariantCulture, expected, column)}{Remedy}", message);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("7")]
    public void What_is_no_object_is_no_record(string line) => Assert.Equal(
        $"runs.jsonl:1: no run record, which is a JSON object{Remedy}",
        Assert.Throws<RunLogException>(() => RunLog.Parse(line, "runs.jsonl", 1)).Message);
}
