using System.CommandLine;
using RequestClient.Ceiling;
using RequestClient.Net;
using RequestClient.Runs;

namespace RequestClient.Commands;

/// <summary>RequestClient ceiling: how fast can the client itself be, when the server is next to nothing?</summary>
internal static class CeilingCommand
{
    private const string User = "study";

    public static Command Build(CancellationToken cancellation)
    {
        var size = Options.Size();
        var action = new ActionOptions();
        var concurrency = Options.Concurrency();
        var threads = Options.Threads();
        var duration = Options.Time("--duration", "Length of the window (default: 3s)");
        var record = new Option<string?>("--record")
        {
            Description = "Append the ceiling's record to this file; not the study's own",
        };
        var json = new Option<bool>("--json") { Description = "Print the record instead of the summary" };
        var command = new Command("ceiling", "Measure the client's own ceiling, against a trivial reply of a process of its own")
        {
            size, concurrency, threads, duration, record, json,
        };
        action.AddTo(command, builtInOnly: true);
        command.SetAction(parse => RunAsync(Read(parse), cancellation));
        return command;

        RunOptions Read(ParseResult parse)
        {
            var window = parse.GetValue(duration) ?? TimeSpan.FromSeconds(3);
            return new RunOptions
            {
                Action = action.Read(parse),
                Amount = 0,
                SizeKiB = parse.GetValue(size),
                Url = new Uri("http://127.0.0.1"),
                User = User,
                Concurrency = parse.GetValue(concurrency),
                Threads = parse.GetValue(threads),
                // Both programs are fresh: what their compilers do in the first second is no ceiling.
                Warmup = window,
                Duration = window,
                RecordFile = parse.GetValue(record),
                Notes = new RunNotes { Proxy = CeilingFile.ProxyNote, Store = "trivial reply" },
                Json = parse.GetValue(json),
            };
        }
    }

    private static async Task<int> RunAsync(RunOptions options, CancellationToken cancellation)
    {
        OutputFiles.EnsureWritable(options.RecordFile);
        await using var server = await TrivialServerProcess.StartAsync(options, cancellation);
        var target = await Reachability.FindAsync(server.Url, cancellation);
        using var measurement = new Measurement(options, target, control: null);
        await measurement.PrepareAsync(cancellation);
        await measurement.WarmAsync(options.Warmup!.Value, cancellation);
        var outcome = await measurement.MeasureAsync(amount: null, options.Duration, ratePerSecond: null, cancellation);
        RunCommand.Tell(options, outcome, outcome.ToRecord(options));
        return outcome.IsRight ? 0 : 1;
    }
}
