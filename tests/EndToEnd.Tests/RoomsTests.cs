using System.Text.RegularExpressions;
using Blobs.TestSupport;

namespace EndToEnd.Tests;

/// <summary>
/// Folders of a project know each other in one direction: those beside each other, and the files right in a project and its
/// folders. Who knows whom stands in the usings, because one that is not needed is an error of the build.
/// </summary>
public sealed partial class RoomsTests
{
    public static TheoryData<string> Projects =>
    [
        .. Directory.EnumerateFiles(Repository.Root, "*.csproj", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Repository.Root, Path.GetDirectoryName(file)!))
            .Where(
                folder => !folder.StartsWith("tests", StringComparison.Ordinal) && !folder.StartsWith(
                    "artifacts", StringComparison.Ordinal)),
    ];

    [Theory]
    [MemberData(nameof(Projects))]
    public void Folders_of_a_project_know_each_other_in_one_direction(string project)
    {
        var sources = Sources(Repository.PathOf(project), Path.GetFileName(project));
        Assert.NotEmpty(sources);
        var circles = sources.Select(source => source.Folder).SelectMany(Ancestors).Distinct()
            .SelectMany(parent => Circles(Known(sources, parent))).ToList();
        Assert.True(circles.Count == 0, string.Join('\n', circles.Select(circle => string.Join(" -> ", circle))));
    }

    [Fact]
    public void A_circle_is_found_however_long()
    {
        Source[] sources =
        [
            new("P.A", "A.cs", "namespace P.A;\nusing P.B.Inner;"), new("P.B", "B.cs", "namespace P.B;\nclass B { Q.C c; }"),
            new("P.Q", "C.cs", "namespace P.Q;\nusing P.A;"), new("P.D", "D.cs", "namespace P.D;\nusing P.A;"),
        ];
        Assert.Equal(["P.A", "P.B", "P.Q", "P.A"], Assert.Single(Circles(Known(sources, "P"))));
        Assert.Empty(Circles(Known(sources[1..], "P")));
    }

    [Fact]
    public void What_a_folder_takes_from_the_files_above_it_is_found()
    {
        Source[] sources =
        [
            new("P", "Run.cs", "namespace P;\nusing P.A;\nsealed class Run;"), new("P", "Program.cs", "using P.A;\nclass Main;"),
            new("P.A", "A.cs", "namespace P.A;\nclass A { Run run; } // Main"),
        ];
        Assert.Equal(["P", "P.A", "P"], Assert.Single(Circles(Known(sources, "P"))));
        Assert.Empty(Circles(Known(sources[1..], "P")));
    }

    private sealed record Source(string Folder, string File, string Text);

    private static List<Source> Sources(string root, string name) =>
    [
        .. Directory.EnumerateFiles(root, "*.cs", SearchOption.AllDirectories)
            .Select(file => (File: file, Folder: Path.GetRelativePath(root, Path.GetDirectoryName(file)!)))
            .Where(file => file.Folder.Split('/')[0] is not ("obj" or "bin"))
            .Select(file => new Source(
                file.Folder == "."
                    ? name
                    : $"{name}.{file.Folder.Replace('/', '.')}", Path.GetFileName(file.File), NoCode().Replace(
                        File.ReadAllText(file.File), ""))),
    ];

    /// <summary>P, P.A and P.A.B of P.A.B.</summary>
    private static IEnumerable<string> Ancestors(string folder)
    {
        var parts = folder.Split('.');
        return Enumerable.Range(1, parts.Length).Select(count => string.Join('.', parts[..count]));
    }

    /// <summary>Who knows whom among a folder's own files and the folders right in it, each with all that is below.</summary>
    private static Dictionary<string, HashSet<string>> Known(IReadOnlyList<Source> sources, string parent)
    {
        var inside = sources.Where(
            source => source.Folder == parent || source.Folder.StartsWith(parent + ".", StringComparison.Ordinal))
            .ToList();
        string RoomOf(string folder) => folder == parent || !folder.StartsWith(parent + ".", StringComparison.Ordinal)
            ? parent : parent + "." + folder[(parent.Length + 1)..].Split('.')[0];
        var rooms = inside.Select(source => RoomOf(source.Folder)).Distinct().ToList();
        // Only at the top: further down a folder's own files are what those in it have in common.
        var isTop = !parent.Contains('.', StringComparison.Ordinal);
        var own = isTop ? inside.Where(source => source.Folder == parent && source.File != "Program.cs").ToList() : [];
        var ownTypes = own.SelectMany(source => TypeName().Matches(source.Text).Select(match => match.Groups[1].Value))
            .ToHashSet();
        var known = rooms.ToDictionary(room => room, _ => new HashSet<string>());
        foreach (var source in inside.Where(source => source.Folder != parent || own.Contains(source)))
        {
            var from = RoomOf(source.Folder);
            foreach (var room in rooms.Where(room => room != from && room != parent))
            {
                var last = room[(parent.Length + 1)..];
                var isUsed = Regex.IsMatch(source.Text, $@"using (static )?{Regex.Escape(room)}[.;]")
                    || Regex.IsMatch(source.Text, $@"(?<![\w.""]){last}\.[A-Z]\w*[.<>(\s;?\[\)]")
                    && !IsMember(source.Text, last);
                if (isUsed) known[from].Add(room);
            }

            if (from != parent && ownTypes.Count > 0 && Word().Matches(source.Text).Any(word => ownTypes.Contains(word.Value)))
                known[from].Add(parent);
        }

        return known;
    }

    /// <summary>Whether a name before a dot is no folder but a member or a type of the file.</summary>
    private static bool IsMember(string text, string name) =>
        Regex.IsMatch(text, $@"[\w>?\]] {name} (\{{|=|=>)|(record|class|enum|struct) {name}\b|[\w>?\]] {name}[,)]");

    /// <summary>Each circle once, from its first folder by name back to it.</summary>
    private static List<IReadOnlyList<string>> Circles(Dictionary<string, HashSet<string>> known)
    {
        var found = new List<IReadOnlyList<string>>();
        var done = new HashSet<string>();
        foreach (var start in known.Keys.Order(StringComparer.Ordinal))
        {
            if (Way(start, start, []) is { } way && done.Add(string.Join(' ', way.Distinct().Order()))) found.Add(way);
        }

        return found;

        List<string>? Way(string from, string to, HashSet<string> seen)
        {
            foreach (var next in known[from].Order(StringComparer.Ordinal))
            {
                if (next == to) return [from, to];
                if (seen.Add(next) && Way(next, to, seen) is { } rest) return [from, .. rest];
            }

            return null;
        }
    }

    [GeneratedRegex(@"//.*|""(?:\\.|[^""\\\n])*""")]
    private static partial Regex NoCode();

    [GeneratedRegex(@"\b(?:class|struct|record|interface|enum)\s+([A-Z]\w+)")]
    private static partial Regex TypeName();

    [GeneratedRegex(@"\b[A-Z]\w+\b")]
    private static partial Regex Word();
}
