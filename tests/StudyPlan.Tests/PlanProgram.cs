using Blobs.TestSupport;
using StudyPlan.Commands;
using StudyPlan.Variables;

namespace StudyPlan.Tests;

/// <summary>The command as run-test.sh calls it: with its variables in the environment, at the top of the checkout.</summary>
internal sealed class PlanProgram : IDisposable
{
    private readonly TempDirectory _temp = new();

    static PlanProgram() => System.Environment.CurrentDirectory = Repository.Root;

    public PlanProgram()
    {
        Environment["RESUME"] = null;
        foreach (var variable in AllVariables.List) Environment[variable.Name] = null;
        foreach (var (name, value) in Defaults) Environment[name] = value;
        Environment["OUT"] = Folder;
        Environment["BLOBS_DIR"] = Blobs;
    }

    public Dictionary<string, string?> Environment { get; } = [];

    public string Folder => _temp["study"];

    public string Blobs => _temp["blobs"];

    private static Dictionary<string, string> Defaults { get; } = new()
    {
        ["PROCS"] = "1 2",
        ["ACTIONS"] = "list put",
        ["SCENARIOS"] = "10x1",
        ["RUNS"] = "2",
        ["BUDGET"] = "0",
        ["CONCURRENCY"] = "10",
        ["PROXY"] = "haproxy",
        ["READY_PATH"] = "/",
        ["DURABILITY"] = "none",
        ["POOL"] = "yes",
        ["CONTROL"] = "yes",
        ["THREADS"] = "1",
        ["WARMUP"] = "3s",
        ["QUIET"] = "60s",
        ["CEILING"] = "1s",
        ["SEED"] = "7",
        ["PORT"] = "8000",
        ["FIRST_PORT"] = "8001",
        ["STORE_PORT"] = "8100",
    };

    public string this[string name] => _temp[name];

    public Task<(int ExitCode, string StandardOutput, string StandardError)> RunAsync(params string[] arguments) =>
        ProgramCall.RunAsync(
        () => Task.FromResult(PlanCommand.Run(
            arguments,
            name => Environment.TryGetValue(name, out var value) ? value : System.Environment.GetEnvironmentVariable(name))));

    /// <summary>The built program.</summary>
    public Task<(int ExitCode, string StandardOutput, string StandardError)> RunProcessAsync(params string[] arguments) =>
        ChildProcess.RunAsync(Repository.Program("StudyPlan"), arguments, Environment, Repository.Root);

    /// <summary>The next start's variables, as a shell would have them.</summary>
    public Task<(int ExitCode, string StandardOutput, string StandardError)> NextAsync(string graph = "/bin/false") =>
        RunAsync("next", Folder, _temp["runs"], "--graph", graph);

    /// <summary>The runs that the last next planned.</summary>
    public IReadOnlyList<StudyResults.PlannedRun> Runs => StudyResults.PlannedRun.ReadAll(File.ReadAllLines(_temp["runs"]));

    /// <summary>Records them all, as RequestClient would.</summary>
    public void Record(Func<StudyResults.RunRecord, StudyResults.RunRecord>? change = null)
    {
        foreach (var run in Runs)
        {
            StudyResults.RunLog.Append(
                Path.Combine(Folder, "runs.jsonl"), (change ?? (record => record))(Recorded.Run(run.Order, run.Procs)));
        }
    }

    /// <summary>Goes on with the study, as RESUME does after an interruption.</summary>
    public Task<(int ExitCode, string StandardOutput, string StandardError)> ResumeAsync(string command = "begin")
    {
        Environment["RESUME"] = Folder;
        return RunAsync(command);
    }

    public void Dispose() => _temp.Dispose();
}
