using System.Reflection;

namespace Blobs.TestSupport;

/// <summary>
/// A program's own entry, called in the test's process: most of what a short process costs is compiling what it calls, and here
/// only the first call pays for that. Standard output and error are the call's own, however many are under way. What is about the
/// process itself (signals, environment, limits, its death) needs <see cref="ChildProcess"/>, and so does one test of each
/// command.
/// </summary>
public static class ProgramCall
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly AsyncLocal<CallText?> Output = new(), Error = new();

    static ProgramCall()
    {
        Console.SetOut(new CallWriter(Console.Out, Output));
        Console.SetError(new CallWriter(Console.Error, Error));
    }

    /// <summary>Calls a program's top-level statements, or its async Main.</summary>
    public static Task<(int ExitCode, string StandardOutput, string StandardError)> RunAsync(
        Assembly program, IEnumerable<string> arguments, TimeSpan? patience = null)
    {
        string[] words = [.. arguments];
        // What the runtime enters is a wrapper that blocks its thread until this one is done.
        var main = program.EntryPoint!.DeclaringType!.GetMethod("<Main>$", BindingFlags.Static | BindingFlags.NonPublic)
            ?? throw new InvalidOperationException($"{program} has no top-level statements");
        return RunAsync(() => (Task<int>)main.Invoke(null, [words])!, patience);
    }

    /// <summary>Calls what a program's Main calls.</summary>
    public static async Task<(int ExitCode, string StandardOutput, string StandardError)> RunAsync(
        Func<Task<int>> main, TimeSpan? patience = null)
    {
        // Set in this call and in what it starts only: whoever asked goes on with his own.
        CallText output = new(), error = new();
        (Output.Value, Error.Value) = (output, error);
        try
        {
            var exitCode = await Task.Run(main).WaitAsync(patience ?? Patience);
            return (exitCode, output.ToString(), error.ToString());
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"the call did not end within {patience ?? Patience}:\n{output}{error}");
        }
    }
}
