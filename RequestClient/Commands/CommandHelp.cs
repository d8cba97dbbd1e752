using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace RequestClient.Commands;

/// <summary>
/// The usual help, without the arguments of the program in that of its commands: System.CommandLine shows those of every
/// parent, and 'RequestClient AMOUNT SIZE ceiling SIZE' is nothing that works.
/// </summary>
internal sealed class CommandHelp(HelpAction usual) : SynchronousCommandLineAction
{
    public static void Install(RootCommand root)
    {
        var option = root.Options.OfType<HelpOption>().Single();
        option.Action = new CommandHelp((HelpAction)option.Action!);
    }

    public override bool ClearsParseErrors => usual.ClearsParseErrors;

    public override int Invoke(ParseResult parseResult)
    {
        var foreign = parseResult.CommandResult.Command.Parents.OfType<Command>().SelectMany(parent => parent.Arguments).ToList();
        var own = parseResult.CommandResult.Command.Arguments.Select(argument => argument.Name).ToList();
        var output = parseResult.InvocationConfiguration.Output;
        using var text = new StringWriter();
        parseResult.InvocationConfiguration.Output = text;
        var exitStatus = usual.Invoke(parseResult);
        parseResult.InvocationConfiguration.Output = output;

        var prefix = string.Concat(foreign.Select(argument => $"<{argument.Name}> "));
        foreach (var line in text.ToString().TrimEnd().Split(Environment.NewLine))
        {
            if (!foreign.Any(argument => !own.Contains(argument.Name) && IsAbout(argument, line)))
                output.WriteLine(prefix.Length > 0 ? line.Replace(prefix, "", StringComparison.Ordinal) : line);
        }

        return exitStatus;
    }

    private static bool IsAbout(Argument argument, string line) =>
        line.StartsWith($"  <{argument.Name}>", StringComparison.Ordinal);
}
