using Blobs.TestSupport;

namespace Graph.Tests;

public sealed class StopTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData("INT", 130)]
    [InlineData("TERM", 143)]
    public async Task A_signal_ends_it_with_its_own_status_and_leaves_no_process_and_no_half_file(string signal, int status)
    {
        using var directory = new TempDirectory();
        // A gnuplot that never ends, so that the signal always comes while a picture is drawn.
        var gnuplot = directory.Write("gnuplot", $"#!/bin/sh\necho $$ >> '{directory["pids"]}'\nexec sleep 600\n");
        File.SetUnixFileMode(gnuplot, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        var runs = directory.Write("runs.jsonl", new Simulation { Procs = [1, 2] }.Records());
        await using var graph = ChildProcess.Start(
            Repository.Program("Graph"), [runs, "--out", directory["out"]],
            new Dictionary<string, string?> { ["PATH"] = $"{directory.FullPath}:/usr/bin:/bin" });
        await Eventually.HoldsAsync(
            () => File.Exists(directory["pids"]) && File.ReadAllText(directory["pids"]).EndsWith('\n'),
            () => "no picture was begun", Patience);

        graph.Signal(signal);

        Assert.Equal(status, await graph.WaitForExitAsync());
        Assert.DoesNotContain("Unhandled", graph.StandardError, StringComparison.Ordinal);
        Assert.Equal(["results.txt"], Directory.GetFiles(directory["out"]).Select(path => Path.GetFileName(path)));
        await Eventually.HoldsAsync(
            () => !File.ReadLines(directory["pids"])
                .Any(pid => Directory.Exists($"/proc/{pid}")), () => "a gnuplot is left", Patience);
    }
}
