using System.Text;
using Graph.Analysis;
using Graph.Rendering;
using StudyResults;

namespace Graph;

/// <summary>
/// Where the results go. Each file appears whole or not at all: it is written beside its place and moved there.
/// </summary>
internal sealed class OutputFolder
{
    private readonly string _path;

    public OutputFolder(string path)
    {
        _path = path;
        Directory.CreateDirectory(path);
    }

    /// <summary>
    /// results.txt from the runs. Its columns can't tell conditions apart, so scenarios under further conditions get a
    /// table of their own: results-nginx.txt and so on. A study that was read from a table is not written back.
    /// </summary>
    public void WriteTables(IEnumerable<ScenarioAnalysis> analyses)
    {
        var tables = analyses.Select(analysis => analysis.Scenario).Where(scenario => scenario.Rows.Count > 0)
            .GroupBy(scenario => scenario.Key.Conditions).ToList();
        var names = FileNames.Of([.. tables.Select(table => table.Key)]);
        for (var index = 0; index < tables.Count; index++)
        {
            using var text = new StringWriter();
            ResultsTable.Write(text, tables[index].SelectMany(scenario => scenario.Rows));
            WriteText(index == 0 ? "results.txt" : $"results-{names[index]}.txt", text.ToString());
        }
    }

    public void WritePicture(string name, PictureFormat format, byte[] picture) =>
        WriteWhole(PathOf(name + (format == PictureFormat.Png ? ".png" : ".svg")), picture);

    public void WriteText(string name, string text) => WriteFile(PathOf(name), text);

    public string PathOf(string name) => Path.Combine(_path, name);

    /// <summary>Writes a file that need not lie in the folder.</summary>
    public static void WriteFile(string path, string text) => WriteWhole(path, Encoding.UTF8.GetBytes(text));

    /// <summary>Sees to it that <see cref="WriteFile"/> will find its place; what is there stays as it is.</summary>
    /// <exception cref="IOException">It can't be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public static void EnsureWritable(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        if (Directory.Exists(path)) throw new IOException($"{path} is a folder");
        File.WriteAllBytes(Unfinished(path), []);
        File.Delete(Unfinished(path));
    }

    private static string Unfinished(string path) => $"{path}.{Environment.ProcessId}.unfinished";

    private static void WriteWhole(string path, byte[] content)
    {
        var unfinished = Unfinished(path);
        try
        {
            File.WriteAllBytes(unfinished, content);
            File.Move(unfinished, path, overwrite: true);
        }
        catch
        {
            File.Delete(unfinished);
            throw;
        }
    }
}
