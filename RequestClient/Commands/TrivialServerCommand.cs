using System.CommandLine;
using RequestClient.Ceiling;

namespace RequestClient.Commands;

/// <summary>The process that a ceiling is measured against; not for people, so --help does not show it.</summary>
internal static class TrivialServerCommand
{
    public static Command Build()
    {
        var size = Options.Size();
        var user = new Option<string>("--user") { DefaultValueFactory = _ => "study" };
        var threads = Options.Threads();
        var command = new Command(
            TrivialServerProcess.Command, "Answer everything as right and as cheaply as can be, until standard input ends")
        {
            size, user, threads,
        };
        command.Hidden = true;
        command.SetAction(parse =>
        {
            using var server = new TrivialServer(parse.GetValue(size) * 1024, parse.GetValue(user)!, parse.GetValue(threads));
            Console.WriteLine(server.Port);
            server.Run();
            return 0;
        });
        return command;
    }
}
