using System.Globalization;
using StudyResults;

namespace Graph.Inputs;

/// <summary>Reads runs.jsonl and results.txt, told apart by their first letter.</summary>
internal static class StudyReader
{
    private const string RunsFile = "runs.jsonl";
    private const string TableFile = "results.txt";
    private const string HowToGetOne = "run ./run-test.sh to get one";

    /// <summary>What to read when nothing is named: the study in this folder.</summary>
    public static string DefaultPath => File.Exists(RunsFile) || !File.Exists(TableFile) ? RunsFile : TableFile;

    /// <param name="paths">Files, or folders that hold a runs.jsonl or a results.txt.</param>
    /// <param name="skipBad">Whether lines that can't be read are left out with a warning instead of ending it all.</param>
    /// <param name="cancel">Ends it in the middle of a file.</param>
    public static InputReading Read(IReadOnlyList<string> paths, bool skipBad, CancellationToken cancel)
    {
        var records = new List<RunRecord>();
        var rows = new List<ResultsRow>();
        var warnings = new List<string>();
        var plans = new List<PlanFile>();
        // The same file twice would count each run twice.
        foreach (var path in paths.Select(named => Directory.Exists(named) ? InFolder(named) : named).DistinctBy(Path.GetFullPath))
        {
            var faults = new List<string>();
            var own = new List<RunRecord>();
            plans.Add(PlanFile.ReadBeside(path));
            if (TryRead(path, own, rows, faults, cancel) is { } failure) return new InputReading(null, failure);
            records.AddRange(TellStudiesApart(own, records, plans.Count));
            if (faults.Count == 0) continue;
            if (!skipBad)
            {
                return new InputReading(
                    null, $"{faults[0]}{AndMore(faults)}: remove it, or give --skip-bad to leave out what can't be read");
            }

            warnings.Add($"{faults[0]}{AndMore(faults)}: left out");
        }

        var nameless = records.Count(record => record.Procs is null);
        if (nameless > 0)
        {
            warnings.Add(
                $"{nameless} of {records.Count} runs don't know their number of processes (RequestClient --procs N): left out");
        }

        return rows.Count == 0 && records.Count == nameless
            ? new InputReading(null, $"{string.Join(", ", paths.Select(Shown))}: no run that can be used: {HowToGetOne}")
            : new InputReading(new StudyInput(records, rows)
            {
                Warnings = warnings,
                Plan = [.. plans.SelectMany(plan => plan.Lines)],
                DecidedAfterBlocks = plans.Min(plan => plan.DecidedAfterBlocks),
            }, null);
    }

    /// <summary>Two inputs may name their study alike; block 1 of the one is then no block of the other.</summary>
    private static IEnumerable<RunRecord> TellStudiesApart(List<RunRecord> own, List<RunRecord> before, int input)
    {
        var taken = before.Select(record => record.Study ?? "").ToHashSet();
        return own.Select(record => taken.Contains(record.Study ?? "")
            ? record with { Study = $"{record.Study} (input {input.ToString(CultureInfo.InvariantCulture)})".TrimStart() }
            : record);
    }

    private static string InFolder(string folder)
    {
        var runs = Path.Combine(folder, RunsFile);
        return File.Exists(runs) ? runs : Path.Combine(folder, TableFile);
    }

    private static string? TryRead(
        string path, List<RunRecord> records, List<ResultsRow> rows, List<string> faults, CancellationToken cancel)
    {
        try
        {
            // A study may be read while it runs; a device or a pipe might never end.
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            if (!file.CanSeek || (file.Length == 0 && file.ReadByte() >= 0))
                return $"{Shown(path)}: not a regular file: give a runs.jsonl or a results.txt";
            using var reader = new BoundedLineReader(new StreamReader(file));
            while (char.IsWhiteSpace((char)reader.Peek())) reader.Skip();
            if (reader.Peek() < 0) return $"{Shown(path)}: empty: {HowToGetOne}";
            if (reader.Peek() == '{') ReadRecords(path, reader, records, faults, cancel);
            else ReadRows(path, reader, rows, faults);
            return null;
        }
        catch (Exception failure) when (failure is FileNotFoundException or DirectoryNotFoundException)
        {
            return $"{Shown(path)}: not found: {HowToGetOne}, or name a file or a folder of results/";
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return $"{Shown(path)}: can't be read: {OneLine.Of(failure.Message)}";
        }
    }

    private static void ReadRecords(
        string path, BoundedLineReader reader, List<RunRecord> records, List<string> faults, CancellationToken cancel)
    {
        var latencies = new LatencyIntake();
        while (reader.ReadLine() is { } line)
        {
            cancel.ThrowIfCancellationRequested();
            if (string.IsNullOrWhiteSpace(line)) continue;
            if (reader.LineWasTooLong)
            {
                faults.Add($"{Shown(path)}:{reader.LineNumber}: longer than any run record");
                continue;
            }

            try
            {
                var record = latencies.Take(RunLog.Parse(line, Shown(path), reader.LineNumber), out var damage);
                if ((RecordCheck.ProblemOf(record) ?? damage) is { } problem)
                    faults.Add($"{Shown(path)}:{reader.LineNumber}: {problem}");
                else records.Add(record);
            }
            catch (RunLogException bad)
            {
                // What to do is said once, for all such lines.
                var problem = reader.LineWasCutOff ? "the line is cut off" : bad.Reason;
                faults.Add(OneLine.Of($"{Shown(path)}:{reader.LineNumber}: {problem}"));
            }
        }
    }

    private static void ReadRows(string path, BoundedLineReader reader, List<ResultsRow> rows, List<string> faults)
    {
        var skipped = reader.LineNumber;
        var table = ResultsTable.Read(reader);
        rows.AddRange(table.Rows);
        faults.AddRange(table.Faults.Select(fault => $"{Shown(path)}:{fault.Line + skipped}: {fault.Problem}"));
    }

    private static string AndMore(List<string> faults) => faults.Count == 1 ? "" : $" (and {faults.Count - 1} more such lines)";

    private static string Shown(string path) => OneLine.Of(path);
}
