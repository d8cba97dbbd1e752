using System.Text;
using Graph.Analysis;
using Graph.Rendering;
using StudyResults;

namespace Graph;

/// <summary>Where the results go. Each file appears whole or not at all: it is written beside its place and moved there.</summary>
internal sealed class OutputFolder
{
    private readonly string _path;

    public OutputFolder(string path) => _path = Directory.CreateDirectory(path).FullName;

    /// <summary>
    /// results.txt from the runs. Its columns can't tell conditions apart, so scenarios under further conditions get a
    /// table of their own: results-2.txt and so on. A study that was read from a table is not written back.
    /// </summary>
    public void WriteTables(IReadOnlyList<Scenario> scenarios)
    {
        var place = 0;
        foreach (var group in scenarios.Where(scenario => scenario.Rows.Count > 0).GroupBy(scenario => scenario.Key.Conditions))
        {
            using var text = new StringWriter();
            ResultsTable.Write(text, group.SelectMany(scenario => scenario.Rows));
            Write(++place == 1 ? "results.txt" : $"results-{place}.txt", Encoding.UTF8.GetBytes(text.ToString()));
        }
    }

    public void WritePicture(string name, PictureFormat format, byte[] picture) =>
        Write(name + (format == PictureFormat.Png ? ".png" : ".svg"), picture);

    /// <summary>A part of a file name for each scenario: 20000x10, and 20000x10-2 when the same comes under other conditions.</summary>
    public static IReadOnlyList<string> NamesOf(IReadOnlyList<Scenario> scenarios)
    {
        var seen = new Dictionary<string, int>();
        return
        [
            .. scenarios.Select(scenario =>
            {
                var name = scenario.Key.FileName;
                var count = seen[name] = seen.GetValueOrDefault(name) + 1;
                return count == 1 ? name : $"{name}-{count}";
            }),
        ];
    }

    private void Write(string name, byte[] content)
    {
        var unfinished = Path.Combine(_path, $".{name}.{Environment.ProcessId}");
        try
        {
            File.WriteAllBytes(unfinished, content);
            File.Move(unfinished, Path.Combine(_path, name), overwrite: true);
        }
        catch
        {
            File.Delete(unfinished);
            throw;
        }
    }
}
