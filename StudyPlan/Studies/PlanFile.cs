using System.Globalization;
using StudyPlan.Variables;
using StudyResults;

namespace StudyPlan.Studies;

/// <summary>
/// plan.txt: what the study was asked for and where, in lines of # NAME VALUE; then its runs, a line each; and among them when
/// servers were started, and in the end why it stopped. It is only ever appended to.
/// </summary>
internal sealed class PlanFile
{
    private const string SessionKey = "session";
    private const string StartedKey = "started";
    private const string StoppedKey = "stopped";

    private readonly string _path;
    private readonly List<string> _lines;

    private PlanFile(string folder, IEnumerable<string> lines) => (_path, _lines) = (PathIn(folder), [.. lines]);

    public IReadOnlyList<PlannedRun> Runs => PlannedRun.ReadAll(_lines);

    /// <summary>Why it stopped, when it did: decided, budget or runs.</summary>
    public string? Stopped => ValueOf(StoppedKey);

    public Fingerprint Fingerprint =>
        new(ValueOf("machine") ?? "", ValueOf("version") ?? "", ValueOf("programs") ?? "", ValueOf("actionfile") ?? "");

    public IReadOnlyList<Session> Sessions
    {
        get
        {
            var sessions = new List<Session>();
            foreach (var (key, value) in Remarks)
            {
                if (key == SessionKey && DateTimeOffset.TryParse(value, CultureInfo.InvariantCulture, out var began))
                    sessions.Add(new Session(began, []));
                if (key != StartedKey || sessions.Count == 0 || ServerStart.Parse(value) is not { } start) continue;
                sessions[^1] = sessions[^1] with { Starts = [.. sessions[^1].Starts, start] };
            }

            return sessions;
        }
    }

    private IEnumerable<(string Key, string Value)> Remarks => _lines.Where(line => line.StartsWith('#'))
        .Select(line => line.TrimStart('#', ' ').Split(' ', 2)).Select(words => (words[0], words.Length == 2 ? words[1] : ""));

    public static string PathIn(string folder) => Path.Combine(folder, "plan.txt");

    /// <summary>A new one, with the variables and the fingerprint that it stands for.</summary>
    public static PlanFile Create(string folder, Values values, Fingerprint fingerprint)
    {
        var plan = new PlanFile(folder, []);
        Directory.CreateDirectory(folder);
        File.Delete(PathIn(folder));
        plan.Append(
        [
            .. AllVariables.List.Where(variable => variable.IsKept)
                .Select(variable => $"# {variable.Name.ToLowerInvariant()} {values[variable.Name]}".TrimEnd()),
            $"# machine {fingerprint.Machine}",
            $"# version {fingerprint.Version}",
            $"# programs {fingerprint.Programs}",
            $"# actionfile {fingerprint.Actions}",
            $"# {PlannedRun.Columns}",
        ]);
        return plan;
    }

    /// <exception cref="FormatException">A line of it is neither a remark nor a run.</exception>
    public static PlanFile? Read(string folder) =>
        File.Exists(PathIn(folder)) ? new PlanFile(folder, File.ReadAllLines(PathIn(folder))) : null;

    /// <summary>A variable's value as it was when the study was begun; null when the plan says nothing of it.</summary>
    public string? ValueOf(Variable variable) => variable.IsKept ? ValueOf(variable.Name.ToLowerInvariant()) : null;

    public void AddBlock(IEnumerable<PlannedRun> runs) => Append(runs.Select(run => run.ToString()));

    public void AddSession(DateTimeOffset now) => Append([$"# {SessionKey} {now:O}"]);

    public void AddStart(ServerStart start) => Append([$"# {StartedKey} {start}"]);

    /// <summary>The last line: why it stopped and after how many blocks, which says what the answers may be read as.</summary>
    public void AddStop(string reason, int blocks) =>
        Append([string.Create(CultureInfo.InvariantCulture, $"# {StoppedKey} {reason} after {blocks} blocks")]);

    private string? ValueOf(string key) =>
        Remarks.Where(remark => remark.Key == key).Select(remark => remark.Value).FirstOrDefault();

    private void Append(IEnumerable<string> lines)
    {
        string[] added = [.. lines];
        File.AppendAllLines(_path, added);
        _lines.AddRange(added);
    }
}
