using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;

namespace Blobs.TestSupport;

/// <summary>
/// A real program under test. Its output is kept, line by line; waiting has a deadline and shows that output when it
/// passes; whatever happens, the process is gone when the test ends.
/// </summary>
public sealed class ChildProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Process _process;
    private readonly StringBuilder _standardOutput = new();
    private readonly StringBuilder _standardError = new();

    private ChildProcess(Process process) => _process = process;

    public int Pid => _process.Id;

    public bool HasExited => _process.HasExited;

    public string StandardOutput => Read(_standardOutput);

    public string StandardError => Read(_standardError);

    /// <summary>Starts a program; environment values of null remove the variable.</summary>
    public static ChildProcess Start(
        string program,
        IEnumerable<string> arguments,
        IReadOnlyDictionary<string, string?>? environment = null,
        string? workingDirectory = null)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            WorkingDirectory = workingDirectory ?? "",
        };
        // A program here lives for seconds: what it calls a thousand times is worth compiling again, not what it calls thirty
        // times. MultiProc has a setting of its own, which this would undo.
        if (Path.GetFileName(program) != "MultiProc") start.Environment.TryAdd("DOTNET_TC_CallCountThreshold", "3E8");
        foreach (var (name, value) in environment ?? new Dictionary<string, string?>()) start.Environment[name] = value;
        var child = new ChildProcess(new Process { StartInfo = start });
        child._process.OutputDataReceived += (_, line) => Append(child._standardOutput, line.Data);
        child._process.ErrorDataReceived += (_, line) => Append(child._standardError, line.Data);
        child._process.Start();
        child._process.BeginOutputReadLine();
        child._process.BeginErrorReadLine();
        return child;
    }

    /// <summary>Runs a program to its end.</summary>
    public static async Task<(int ExitCode, string StandardOutput, string StandardError)> RunAsync(
        string program,
        IEnumerable<string> arguments,
        IReadOnlyDictionary<string, string?>? environment = null,
        string? workingDirectory = null,
        TimeSpan? patience = null)
    {
        await using var child = Start(program, arguments, environment, workingDirectory);
        var exitCode = await child.WaitForExitAsync(patience);
        return (exitCode, child.StandardOutput, child.StandardError);
    }

    /// <summary>The exit status, once the process has ended and all of its output was read.</summary>
    public async Task<int> WaitForExitAsync(TimeSpan? patience = null)
    {
        using var deadline = new CancellationTokenSource(patience ?? Patience);
        try
        {
            await _process.WaitForExitAsync(deadline.Token);
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"{Describe()} did not end within {patience ?? Patience}");
        }

        return _process.ExitCode;
    }

    /// <summary>The first match in what the process printed, on either stream, waited for.</summary>
    public async Task<Match> WaitForOutputAsync(string pattern, TimeSpan? patience = null)
    {
        Match? match = null;
        await Eventually.HoldsAsync(
            () => (match = Regex.Match(StandardOutput + StandardError, pattern, RegexOptions.Multiline)).Success || HasExited,
            () => $"{Describe()} did not print /{pattern}/",
            patience ?? Patience);
        return match!.Success ? match : throw new InvalidOperationException($"{Describe()} ended without printing /{pattern}/");
    }

    /// <summary>Sends a signal by name, for instance TERM.</summary>
    public void Signal(string name)
    {
        using var kill = Process.Start("kill", [$"-{name}", Pid.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static void Append(StringBuilder text, string? line)
    {
        if (line is null) return;
        lock (text) text.Append(line).Append('\n');
    }

    private static string Read(StringBuilder text)
    {
        lock (text) return text.ToString();
    }

    private string Describe() =>
        $"{_process.StartInfo.FileName} {string.Join(' ', _process.StartInfo.ArgumentList)}\n{StandardOutput}{StandardError}";
}
