using System.CommandLine;
using Graph;
using StudyResults;

const int badUsage = 2;
using var signals = new StopSignals();
var parse = GraphCommand.Create(options => GraphRun.RunAsync(options, Console.Out, Console.Error, signals.Token)).Parse(args);
if (parse.Errors.Count > 0)
{
    foreach (var error in parse.Errors) Console.Error.WriteLine($"Graph: {error.Message}");
    return badUsage;
}

try
{
    // Signals are handled here, so that the status tells which one came.
    return await parse.InvokeAsync(
        new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
}
catch (OperationCanceledException) when (signals.ExitStatus != 0)
{
    return signals.ExitStatus;
}
