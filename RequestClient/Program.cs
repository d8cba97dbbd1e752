using System.CommandLine;
using RequestClient;

using var signals = new StopSignals();
var parse = new CommandLine().Build(options => RunCommand.RunAsync(options, signals.Token)).Parse(args);
if (parse.Errors.Count > 0)
{
    foreach (var error in parse.Errors) Console.Error.WriteLine($"RequestClient: {error.Message}");
    Console.Error.WriteLine("RequestClient --help says more");
    return 2;
}

try
{
    // Signals are handled here, so that the status tells which one came.
    return await parse.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
}
catch (OperationCanceledException) when (signals.ExitStatus != 0)
{
    return signals.ExitStatus;
}
catch (Exception failure) when (failure is RunFailedException or IOException)
{
    Console.Error.WriteLine($"RequestClient: {failure.Message}");
    return 1;
}
