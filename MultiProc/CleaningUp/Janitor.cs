using System.Diagnostics;
using MultiProc.Configuration;
using MultiProc.Processes;

namespace MultiProc.CleaningUp;

/// <summary>
/// A shell that waits for the supervisor to end and, should it have been killed, cleans up after it: the pipe to it
/// closes with the supervisor, whatever way that ends. It needs none of our programs, which may just be being replaced.
/// </summary>
internal sealed class Janitor : IDisposable
{
    // The children themselves are killed by the kernel (see Launcher); what they had started is in their process groups, or
    // bears their mark.
    // As everywhere, only who holds the lock of the list may remove anything: another supervisor may have taken over. The dead
    // one's own lock goes a moment after its pipe, or before it: the kernel closes one file after the other.
    private const string Script =
        """
        exec >/dev/null 2>&1
        cd /
        read -r word
        [ "$word" = done ] && exit
        exec 9<>"$1.pids"
        flock --timeout 2 9 || exit
        while read -r kind name start; do
            [ "$kind" = process ] && kill -s KILL -- "-$name"
        done <"$1.pids"
        for file in $(grep -lzsE "^$2-" /proc/[0-9]*/environ); do
            file=${file#/proc/}
            kill -s KILL "${file%/environ}"
        done
        while read -r kind name; do
            [ "$kind" = group ] || continue
            tries=0
            while [ -d "$name" ] && ! rmdir "$name" && [ $tries -lt 50 ]; do
                tries=$((tries + 1))
                sleep 0.1
            done
        done <"$1.pids"
        rm -f "$1" "$1".haproxy* "$1".w[0-9]* "$1.pids"
        rm -rf "$1.nginx"
        """;

    private readonly Process _shell;

    public Janitor(ControlPath control)
    {
        string[] words = ["multiproc-janitor", control.FullPath, $"{ProcessMark.Variable}={Environment.ProcessId}"];
        var start = new ProcessStartInfo("setsid", ["sh", "-c", Script, .. words])
        {
            RedirectStandardInput = true,
        };
        _shell = Process.Start(start)!;
    }

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
