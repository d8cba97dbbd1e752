using System.CommandLine;

namespace BlobsServer.Options;

/// <summary>
/// Parses the arguments and runs the command: exit status 2 is bad usage, everything else is the command's own.
/// </summary>
internal static class CommandLine
{
    private const int BadUsage = 2;

    public static async Task<int> RunAsync(string[] args, Func<ServerOptions, Task<int>> serve)
    {
        var parsed = ServerCommand.Create(serve).Parse(args);
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors) await Console.Error.WriteLineAsync($"BlobsServer: {error.Message}");
            await Console.Error.WriteLineAsync("BlobsServer: see BlobsServer --help");
            return BadUsage;
        }

        // Signals are the server's own business (it drains), and exceptions that reach this point are bugs.
        var invocation = new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null };
        return await parsed.InvokeAsync(invocation);
    }
}
