using System.Net;
using System.Net.Sockets;
using Blobs.TestSupport;
using MultiProc.Configuration;
using MultiProc.WaysIn;

namespace MultiProc.Tests;

/// <summary>Each expected failure is one line that says what and what to do, with status 1; bad usage has status 2.</summary>
public sealed class ErrorLineTests
{
    [Theory(Timeout = 60_000)]
    [InlineData(0, "--port")]
    [InlineData(2, "--first-port")]
    public async Task A_port_in_use(int offset, string remedy)
    {
        await using var running = new Running();
        using var listener = new TcpListener(IPAddress.Loopback, running.Port + offset);
        listener.Start();
        await ExpectLineAsync(
            running.Arguments(2),
            $"^MultiProc: port {running.Port + offset}, for .*, is in use: .* pass another {remedy}\n$");
    }

    [Fact(Timeout = 60_000)]
    public async Task A_directory_that_can_not_be_written()
    {
        await using var running = new Running();
        await File.WriteAllTextAsync(running.DataDirectory, "a file", TestContext.Current.CancellationToken);
        await ExpectLineAsync(
            running.Arguments(1),
            "^MultiProc: can't write in .*/data: .*; make it writable or pass another --dir\n$");
    }

    [Fact(Timeout = 60_000)]
    public async Task A_missing_haproxy()
    {
        // Asked of the check itself: no PATH hides a haproxy that the machine has in /usr/sbin.
        await using var running = new Running();
        var settings = new Settings
        {
            Procs = 1,
            FirstPort = running.FirstPort,
            Port = running.Port,
            WayIn = WayInChoice.Haproxy,
            Control = new ControlPath(running.Control),
            ReadyPath = "/",
            Command = ["true"],
        };
        Assert.Equal(
            "haproxy is not installed: install it ('apt-get install haproxy') or choose another way in",
            await HaproxyCheck.FindProblemAsync(settings, executable: null, TestContext.Current.CancellationToken));
    }

    [Fact(Timeout = 60_000)]
    public async Task A_missing_configuration()
    {
        await using var running = new Running();
        await ExpectLineAsync(running.Arguments(1, haproxy: "/nowhere.cfg"), "^MultiProc: /nowhere.cfg is not there: .*\n$");
    }

    [Fact(Timeout = 60_000)]
    public async Task A_broken_configuration_in_HAProxys_own_words()
    {
        await using var running = new Running();
        await File.WriteAllTextAsync(
            running["broken.cfg"], "frontend blobs\n    nonsense\n", TestContext.Current.CancellationToken);
        await ExpectLineAsync(
            running.Arguments(1, haproxy: running["broken.cfg"]),
            "^MultiProc: HAProxy does not take .*/broken.cfg: .*\n(.*\n)*.*unknown keyword 'nonsense'");
    }

    [Fact(Timeout = 60_000)]
    public async Task A_missing_command()
    {
        await using var running = new Running();
        await ExpectLineAsync(
            running.Arguments(1, command: ["/nowhere/server", "{port}"]),
            "^MultiProc: /nowhere/server is not there or not executable: .*\n$");
    }

    [Fact(Timeout = 60_000)]
    public async Task A_live_supervisor_on_the_control_socket()
    {
        await using var running = new Running();
        await running.StartReadyAsync(procs: 1);
        await ExpectLineAsync(
            running.Arguments(1),
            "^MultiProc: a supervisor runs already on .*/control.sock: 'MultiProc stop' it or pass another --control\n$");
        // ... and it has not been harmed.
        Assert.Equal("ready", (await running.StatusAsync()).State);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_control_path_that_is_a_file_stays_as_it_is()
    {
        await using var running = new Running();
        await File.WriteAllTextAsync(running.Control, "precious", TestContext.Current.CancellationToken);
        await ExpectLineAsync(
            running.Arguments(1),
            "^MultiProc: .*/control.sock is there and is no socket: pass another --control\n$");
        Assert.Equal("precious", await File.ReadAllTextAsync(running.Control, TestContext.Current.CancellationToken));
    }

    [Fact(Timeout = 60_000)]
    public async Task A_control_path_that_is_too_long()
    {
        await using var running = new Running();
        await ExpectLineAsync(
            ["--procs", "1", "--control", "/tmp/" + new string('x', 100), "--", "true", "{port}"],
            "^MultiProc: /tmp/x+ is too long for a unix socket: .*\n$");
    }

    [Fact(Timeout = 60_000)]
    public Task A_control_socket_where_nobody_can_write() => ExpectLineAsync(
        ["--procs", "1", "--control", "/proc/multiproc.sock", "--", "true", "{port}"],
        "^MultiProc: can't write in /proc: .*; pass another --control\n$");

    [Theory(Timeout = 60_000)]
    [InlineData("status")]
    [InlineData("status", "--wait-ready", "500us")]
    [InlineData("stop")]
    [InlineData("restart")]
    [InlineData("scale", "2")]
    public async Task Nobody_to_ask(params string[] command)
    {
        await using var running = new Running();
        var (exitCode, _, error) = await running.AskAsync(command);
        Assert.Equal(1, exitCode);
        Assert.Matches("^MultiProc: (nothing to stop: )?no supervisor answers on .*/control.sock: .*\n$", error);
    }

    [Theory(Timeout = 60_000)]
    [InlineData("--bogus", "there is no option --bogus; a worker's command, and its options, follow --")]
    [InlineData("scale --control x", "Required argument 'N' missing for command: 'scale'.")]
    [InlineData("stauts", "unknown command 'stauts'; a worker's command follows --")]
    [InlineData(
        "--probe-timeout=3x",
        "--probe-timeout is 3x: pass a time such as 500ms, 3s or 2m (a number alone is seconds), from 50ms to 24h")]
    public async Task Bad_usage_in_words(string argument, string line)
    {
        var (exitCode, _, error) = await ChildProcess.RunAsync(Repository.Program("MultiProc"), argument.Split(' '));
        Assert.Equal((2, line), (exitCode, error.Split('\n')[0]["MultiProc: ".Length..]));
    }

    [Fact(Timeout = 60_000)]
    public async Task A_data_directory_whose_parent_is_not_there_is_not_made()
    {
        await using var running = new Running();
        var missing = running["missing"];
        await ExpectLineAsync(
            ["--procs", "1", "--dir", missing + "/data", "--control", running.Control, "--", "true", "{dir}", "{port}"],
            "^MultiProc: can't make .*/missing/data: .*/missing is not there; make it writable or pass another --dir\n$");
        Assert.False(Directory.Exists(missing));
    }

    [Fact(Timeout = 60_000)]
    public async Task A_log_file_that_can_not_be_written()
    {
        await using var running = new Running();
        await ExpectLineAsync(
            running.Arguments(1, ["--log-file", "/proc/servers.log"]),
            "^MultiProc: can't write /proc/servers.log: .*; pass another --log-file\n$");
    }

    [Theory(Timeout = 60_000)]
    [InlineData("stauts")]
    [InlineData("--procs", "0", "--", "true")]
    [InlineData("--procs", "many", "--", "true")]
    [InlineData("--port", "65536", "--", "true")]
    [InlineData("--first-port", "65535", "--procs", "2", "--", "true")]
    [InlineData("--procs", "1")]
    [InlineData("--procs", "1", "--", "sleep", "100")]
    [InlineData("--dir", "")]
    [InlineData("--haproxy", "", "--", "true", "{port}")]
    [InlineData("status", "--control", "")]
    [InlineData("--nonsense")]
    [InlineData("status", "--wait-ready", "-1")]
    [InlineData("scale")]
    [InlineData("scale", "0")]
    [InlineData("scale", "many")]
    [InlineData("--cpu-limit", "none", "--", "true")]
    [InlineData("--memory-limit", "1.5", "--", "true")]
    [InlineData("--cpu-affinity", "x", "--", "true")]
    [InlineData("--cpu-affinity", "00", "--", "true")]
    [InlineData("--probe-timeout", "3 s", "--", "true")]
    [InlineData("--drain-timeout", "25h", "--", "true")]
    [InlineData("--env", "NAME", "--", "true")]
    [InlineData("--log", "xml", "--", "true")]
    [InlineData("--ready-path", "ready", "--", "true")]
    [InlineData("--haproxy", "x", "--port", "8002", "--procs", "3", "--", "true")]
    public async Task Bad_usage(params string[] arguments)
    {
        var (exitCode, _, error) = await Running.CallAsync(arguments);
        Assert.Equal(2, exitCode);
        Assert.StartsWith("MultiProc: ", error, StringComparison.Ordinal);
    }

    [Theory(Timeout = 60_000)]
    [InlineData("--help >&-")]
    [InlineData("--help >/dev/full")]
    [InlineData("--version >/dev/full")]
    public async Task Nowhere_to_write(string words)
    {
        var (exitCode, _, error) = await ChildProcess.RunAsync("sh", ["-c", $"{Repository.Program("MultiProc")} {words}"]);
        Assert.Matches("^MultiProc: can't write .*\n$", error);
        Assert.Equal(1, exitCode);
    }

    private static async Task ExpectLineAsync(string[] arguments, string pattern)
    {
        var (exitCode, _, error) = await Running.CallAsync(arguments);
        Assert.Matches(pattern, error);
        Assert.Equal(1, exitCode);
    }
}
