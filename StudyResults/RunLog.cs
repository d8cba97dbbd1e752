using System.Diagnostics;
using System.Text.Json;
using Microsoft.Win32.SafeHandles;

namespace StudyResults;

/// <summary>runs.jsonl: one <see cref="RunRecord"/> a line, only ever appended to (docs/results-format.md).</summary>
public static class RunLog
{
    private static readonly TimeSpan LockPatience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LockPause = TimeSpan.FromMilliseconds(5);

    /// <summary>
    /// Appends one line, whole or not at all; several processes may append to one file at the same time.
    /// </summary>
    /// <exception cref="IOException">The file can't be written, or another process kept it locked for 10 s.</exception>
    public static void Append(string path, RunRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        var json = JsonSerializer.SerializeToUtf8Bytes(record, RunRecordJson.Default.RunRecord);
        using var file = OpenLocked(path);
        var length = RandomAccess.GetLength(file);
        // A line that a crash or another program left without its end stays a line of its own.
        byte[] line = EndsInNewline(file, length) ? [.. json, (byte)'\n'] : [(byte)'\n', .. json, (byte)'\n'];
        try
        {
            RandomAccess.Write(file, line, length);
        }
        catch (IOException)
        {
            RandomAccess.SetLength(file, length);
            throw;
        }
    }

    /// <summary>The line that <see cref="Append"/> writes.</summary>
    public static string ToJson(RunRecord record) => JsonSerializer.Serialize(record, RunRecordJson.Default.RunRecord);

    /// <summary>Makes sure, before a long run, that <see cref="Append"/> will be able to open the file.</summary>
    /// <exception cref="IOException">It can't.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not.</exception>
    public static void EnsureWritable(string path) => OpenLocked(path).Dispose();

    /// <summary>All records in the order in which they were appended. Blank lines are skipped.</summary>
    /// <exception cref="RunLogException">A line is no record; the message names file, line, reason and remedy.</exception>
    public static IReadOnlyList<RunRecord> Read(string path)
    {
        // Shared with writers: a study may be read while it runs.
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(file);
        var records = new List<RunRecord>();
        for (var number = 1; reader.ReadLine() is { } line; number++)
        {
            if (!string.IsNullOrWhiteSpace(line)) records.Add(Parse(line, path, number));
        }

        return records;
    }

    /// <summary>Reads one line; the path and the number, from 1, are for the message.</summary>
    /// <exception cref="RunLogException">The line is no record.</exception>
    public static RunRecord Parse(string line, string path, int number)
    {
        RunRecord? record;
        try
        {
            record = JsonSerializer.Deserialize(line, RunRecordJson.Default.RunRecord);
        }
        catch (JsonException failure)
        {
            throw new RunLogException(path, number, RecordFault.Of(line, failure), "remove the line and run that cell again");
        }

        if (record is null) throw new RunLogException(path, number, "null is no run record", "remove the line");
        return record.Schema is >= 0 and <= RunRecord.CurrentSchema
            ? WithDefaults(record)
            : throw new RunLogException(
                path, number, $"schema {record.Schema}, known are 1 to {RunRecord.CurrentSchema}",
                "read it with the version that wrote it");
    }

    /// <summary>The generated reader sets every init property, so that what the line leaves out loses its default.</summary>
    private static RunRecord WithDefaults(RunRecord record) => record with
    {
        Schema = record.Schema == 0 ? RunRecord.CurrentSchema : record.Schema,
        Errors = record.Errors ?? new Dictionary<string, long>(),
        Latency = record.Latency ?? new Dictionary<string, LatencyRecord>(),
        CpuSeconds = record.CpuSeconds ?? new CpuSecondsRecord(),
    };

    /// <summary>
    /// Opens under an exclusive lock (flock), which .NET tries once: here it is tried until the patience ends.
    /// FileMode.Append would not do: .NET does not pass O_APPEND, so two writers could land on one offset.
    /// </summary>
    private static SafeFileHandle OpenLocked(string path)
    {
        var watch = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                return File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException failure) when (failure.GetType() == typeof(IOException) && watch.Elapsed < LockPatience)
            {
                Thread.Sleep(LockPause);
            }
        }
    }

    private static bool EndsInNewline(SafeFileHandle file, long length)
    {
        Span<byte> last = stackalloc byte[1];
        return length == 0 || (RandomAccess.Read(file, last, length - 1) == 1 && last[0] == (byte)'\n');
    }
}
