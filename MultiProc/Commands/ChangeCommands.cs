using System.CommandLine;
using MultiProc.Configuration;
using MultiProc.Control;
using MultiProc.Pooling;

namespace MultiProc.Commands;

/// <summary>MultiProc scale N and MultiProc restart: each returns when the change is made, or says why it was not.</summary>
internal static class ChangeCommands
{
    public static Command CreateScale(Option<string> control)
    {
        var procs = Procs("Workers that there are to be");
        var command = new Command("scale", "Adds workers, or takes some away, while requests go on") { procs };
        command.SetAction((parse, cancellation) =>
            AskAsync(
                ControlPath.Of(parse.GetValue(control)),
                client => client.ScaleAsync(parse.GetValue(procs), Console.WriteLine, cancellation)));
        return command;
    }

    public static Command CreateServe(Option<string> control)
    {
        var procs = Procs("Workers that are to get all requests");
        var command = new Command("serve", "Sends requests to N of the workers only, drawn at random") { procs };
        command.SetAction((parse, cancellation) =>
            AskAsync(ControlPath.Of(parse.GetValue(control)), client => client.ServeAsync(parse.GetValue(procs), cancellation)));
        return command;
    }

    public static Command CreateRestart(Option<string> control)
    {
        var command = new Command("restart", "Replaces the workers one by one, without losing a request");
        command.SetAction((parse, cancellation) =>
            AskAsync(ControlPath.Of(parse.GetValue(control)), client => client.RestartAsync(cancellation)));
        return command;
    }

    private static Argument<int> Procs(string description)
    {
        var procs = new Argument<int>("N") { Description = description };
        procs.Validators.Add(result =>
        {
            if (result.Tokens is [var token]
                && !(int.TryParse(token.Value, out var value) && value is >= 1 and <= Changes.MostProcs))
            {
                result.AddError($"N is {token.Value}: pass 1 to {Changes.MostProcs}");
            }
        });
        return procs;
    }

    private static async Task<int> AskAsync(ControlPath path, Func<ControlClient, Task<string?>> askAsync)
    {
        using var client = new ControlClient(path);
        return await askAsync(client) is { } problem ? CommandLine.Fail(problem) : 0;
    }
}
