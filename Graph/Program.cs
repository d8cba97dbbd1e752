using System.CommandLine.Invocation;
using Graph;

const int badUsage = 2;
var parse = GraphCommand.Create().Parse(args);
if (parse.Action is ParseErrorAction error) error.ShowHelp = false;
var status = await parse.InvokeAsync(new() { EnableDefaultExceptionHandler = false });
return parse.Action is ParseErrorAction ? badUsage : status;
