using System.CommandLine;
using RequestClient;
using RequestClient.Commands;
using StudyResults;

using var signals = new StopSignals();
var root = new RunCommandLine().Build(options => RunCommand.RunAsync(options, signals.Token));
root.Add(new RunsCommand().Build(signals.Token));
root.Add(VerifyCommand.Build());
root.Add(CeilingCommand.Build(signals.Token));
root.Add(TrivialServerCommand.Build());
Options.RefuseEmpty(root);
var parse = root.Parse(args);
if (parse.Errors.Count > 0)
{
    foreach (var problem in Options.ProblemsOf(parse)) Console.Error.WriteLine($"RequestClient: {problem}");
    Console.Error.WriteLine("RequestClient: see RequestClient --help");
    return 2;
}

try
{
    // Help would show them with the commands too, and 'RequestClient AMOUNT SIZE ceiling SIZE' is nothing that works.
    foreach (var argument in root.Arguments) argument.Hidden = parse.CommandResult.Command != root;
    // Signals are handled here, so that the status tells which one came.
    var configuration = new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null };
    return await parse.InvokeAsync(configuration);
}
catch (OperationCanceledException) when (signals.ExitStatus != 0)
{
    return signals.ExitStatus;
}
catch (Exception failure) when (failure is RunFailedException or RunLogException or IOException or UnauthorizedAccessException)
{
    Console.Error.WriteLine($"RequestClient: {OutputFailure.Explain(failure)}");
    return 1;
}
