using System.Diagnostics;

namespace MultiProc.Processes;

/// <summary>
/// A shell that waits for the supervisor to end and, should it have been killed, cleans up after it: the pipe to it
/// closes with the supervisor, whatever way that ends. It costs one sleeping shell; only then is a program started.
/// </summary>
internal sealed class Janitor : IDisposable
{
    private const string Script =
        """exec >/dev/null 2>&1; cd /; read -r word; [ "$word" = done ] || exec "$1" sweep --control "$2" """;

    private readonly Process _shell;

    public Janitor(ControlPath control)
    {
        var start = new ProcessStartInfo("setsid", ["sh", "-c", Script, "multiproc-janitor", Environment.ProcessPath!, control.FullPath])
        {
            RedirectStandardInput = true,
        };
        _shell = Process.Start(start)!;
    }

    public int Pid => _shell.Id;

    /// <summary>Tells it that nothing is left to clean up, and waits for its end.</summary>
    public void Dispose()
    {
        try
        {
            _shell.StandardInput.WriteLine("done");
            _shell.StandardInput.Close();
        }
        catch (IOException)
        {
            // Somebody killed it.
        }

        _shell.WaitForExit(TimeSpan.FromSeconds(2));
        _shell.Dispose();
    }
}
