using System.CommandLine;
using System.CommandLine.Parsing;
using RequestClient.Actions;
using RequestClient.Metering;
using RequestClient.Net;
using RequestClient.Planned;
using RequestClient.Runs;
using StudyResults;

namespace RequestClient.Commands;

/// <summary>RequestClient runs FILE: all planned runs of a group, by one client.</summary>
internal sealed class RunsCommand
{
    private readonly Argument<string> _file = new("FILE")
    {
        Description = $"Planned runs, a line each: {PlannedRun.Columns}",
    };
    private readonly Option<Uri> _url = Options.Url();
    private readonly Option<string> _control = new("--control") { Description = "MultiProc's control socket", Required = true };
    private readonly Option<string> _record = new("--record")
    {
        Description = "Append a record of each run to this file, as one line of JSON",
        Required = true,
    };
    private readonly Option<string?> _actions = Options.Actions();
    private readonly Option<string?> _feed = Options.Feed();
    private readonly Option<string?> _trace = Options.Trace();
    private readonly Option<TimeSpan?> _atLeast =
        Options.Time("--at-least", "Do a run's amount again and again for so long (default: 1s)", mayBeZero: true);
    private readonly Option<TimeSpan?> _atMost = Options.Time("--at-most", "End a run's window after so long (default: 3s)");
    private readonly Option<TimeSpan?> _trial =
        Options.Time("--trial", "How long a run with an objective tries each rate (default: 1s)");
    private readonly Option<TimeSpan?> _warm = Options.Time(
        "--warm", "First load all workers with each action, until the rate settles or so long (default: 3s)", mayBeZero: true);
    private readonly Option<TimeSpan?> _settle =
        Options.Time("--settle", "Load before each window (default: 100ms)", mayBeZero: true);
    private readonly Option<TimeSpan?> _timeout = Options.Timeout();
    private readonly Option<TimeSpan?> _quiet = Options.Time(
        "--quiet", "How long, in all, to wait for a machine that others use (default: 60s); "
            + "0: not at all, and no run is measured again for it", mayBeZero: true);
    private readonly Option<double?> _cpu = Options.Cores("--limit-cpu", "Once warm, let each worker use so many cores");
    private readonly Option<double?> _proxyCpu = Options.Cores("--limit-proxy-cpu", "The same for the proxy");
    private readonly Option<double?> _storeCpu = Options.Cores("--limit-store-cpu", "The same for the store");
    private readonly Option<int> _threads = Options.Threads();
    private readonly Option<string?> _reset =
        new("--reset") { Description = "A shell command to run before each run", HelpName = "COMMAND" };
    private readonly Option<string?> _ceiling = Options.Ceiling();
    private readonly Option<string[]> _notes = Options.Notes();

    /// <summary>The command; the token ends it early.</summary>
    public Command Build(CancellationToken cancellation)
    {
        var command = new Command("runs", "Make the planned runs of a group, over one pool of workers")
        {
            _file, _url, _control, _record, _actions, _feed, _trace, _atLeast, _atMost, _trial, _warm, _settle, _timeout, _quiet,
            _cpu, _proxyCpu,
            _storeCpu, _threads, _reset, _ceiling, _notes,
        };
        command.Validators.Add(Validate);
        command.SetAction(parse => RunAsync(Read(parse), cancellation));
        return command;
    }

    /// <summary>0 when every run is as it was asked for and without errors; 1 otherwise.</summary>
    private static async Task<int> RunAsync(GroupOptions options, CancellationToken cancellation)
    {
        OutputFiles.EnsureWritable(options.RecordFile);
        var target = await Reachability.FindAsync(options.Url, cancellation);
        using var control = new ControlSocket(options.ControlPath);
        return await new Group(options, target, control).RunAsync(cancellation) ? 0 : 1;
    }

    private void Validate(CommandResult result)
    {
        if (RunNotes.Read(result.GetValue(_notes)).Error is { } error) result.AddError(error);
        if (result.GetValue(_atLeast) is { } least && result.GetValue(_atMost) is { } most && most < least)
            result.AddError($"--at-most {TimeText.Of(most)} is less than --at-least {TimeText.Of(least)}");
    }

    private GroupOptions Read(ParseResult parse)
    {
        var runs = ReadRuns(parse.GetValue(_file)!);
        var file = parse.GetValue(_actions) ?? ActionFile.DefaultPath;
        if (parse.GetValue(_trace) is not null && runs.FirstOrDefault(run => run.Objective is not null) is { } searching)
        {
            throw new RunFailedException(
                $"run {searching.Order} searches the highest rate, and a trace has its own: leave out --trace, or CAPACITY");
        }

        var limits = new Dictionary<string, double?>
        {
            [LimitNames.Workers] = parse.GetValue(_cpu),
            [LimitNames.Proxy] = parse.GetValue(_proxyCpu),
            [LimitNames.Store] = parse.GetValue(_storeCpu),
        };
        var atLeast = parse.GetValue(_atLeast) ?? TimeSpan.FromSeconds(1);
        return new GroupOptions
        {
            Runs = runs,
            Actions = parse.GetValue(_trace) is { } trace ? ReadTrace(trace, file, runs)
                : runs.Select(run => run.Action).Distinct()
                    .ToDictionary(name => name, name => Find(name, file, Feed.OpenOrNone(parse.GetValue(_feed)))),
            Url = parse.GetValue(_url)!,
            ControlPath = parse.GetValue(_control)!,
            RecordFile = parse.GetValue(_record)!,
            AtLeast = atLeast,
            AtMost = parse.GetValue(_atMost) ?? TimeSpan.FromSeconds(Math.Max(3, atLeast.TotalSeconds)),
            Trial = parse.GetValue(_trial) ?? TimeSpan.FromSeconds(1),
            Warm = parse.GetValue(_warm) ?? TimeSpan.FromSeconds(3),
            Settle = parse.GetValue(_settle) ?? TimeSpan.FromMilliseconds(100),
            Timeout = parse.GetValue(_timeout) ?? RunOptions.UsualTimeout,
            Patience = parse.GetValue(_quiet) ?? TimeSpan.FromSeconds(60),
            Limits = limits.Where(limit => limit.Value is not null).ToDictionary(),
            Reset = parse.GetValue(_reset),
            CeilingFile = parse.GetValue(_ceiling),
            Threads = parse.GetValue(_threads),
            Notes = RunNotes.Read(parse.GetValue(_notes)).Notes,
        };
    }

    private static IReadOnlyList<PlannedRun> ReadRuns(string file)
    {
        try
        {
            var runs = PlannedRun.ReadAll(File.ReadAllLines(file));
            return runs.Count > 0
                ? runs
                : throw new RunFailedException($"{file} plans no run: wanted lines of {PlannedRun.Columns}");
        }
        catch (FormatException failure)
        {
            throw new RunFailedException($"{file}: {failure.Message}", failure);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new RunFailedException($"{file} can't be read ({failure.Message}): name a file of planned runs", failure);
        }
    }

    /// <summary>The trace is what all runs do.</summary>
    private static Dictionary<string, ActionPlan> ReadTrace(string trace, string file, IReadOnlyList<PlannedRun> runs)
    {
        var (action, error) = TraceFile.Read(trace, file);
        if (action is null) throw new RunFailedException(error!);
        return runs.FirstOrDefault(run => run.Action != action.Name) is { } other
            ? throw new RunFailedException($"run {other.Order} is of {other.Action}, and --trace {trace} is called {action.Name}")
            : new Dictionary<string, ActionPlan> { [action.Name] = action };
    }

    private static ActionPlan Find(string name, string file, Feed? feed)
    {
        var (action, error) = ActionFile.Find(name, file, feed);
        return action ?? throw new RunFailedException(error!);
    }
}
