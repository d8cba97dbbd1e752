using System.Globalization;
using Blobs.TestSupport;

namespace MultiProc.Tests.Metering;

/// <summary>Somebody else's server that is a tree of processes: what it used is what its processes say that they used.</summary>
public sealed class GunicornTests
{
    private const double TicksPerSecond = 100;
    private const double MostDifference = 0.1;

    /// <summary>Some milliseconds of work for each request, so that ticks of 10 ms tell something.</summary>
    private const string Application =
        """
        def answer(environ, start):
            n = sum(i * i for i in range(100000))
            body = str(n).encode()
            start("200 OK", [("Content-Length", str(len(body)))])
            return [body]
        """;

    [Fact(Timeout = 120_000)]
    public async Task All_of_gunicorns_processes_are_measured()
    {
        await using var running = new Running();
        Directory.CreateDirectory(running.DataDirectory);
        await File.WriteAllTextAsync(
            Path.Combine(running.DataDirectory, "burner.py"), Application, TestContext.Current.CancellationToken);
        await running.StartReadyAsync(
            procs: 1, command: ["gunicorn", "-w", "2", "--chdir", "{dir}", "--bind", "127.0.0.1:{port}", "burner:answer"]);

        var before = await SettledAsync(running);
        await Parallel.ForAsync(0, 150, new ParallelOptions
        {
            MaxDegreeOfParallelism = 4,
            CancellationToken = TestContext.Current.CancellationToken,
        },
            async (_, _) => await running.GetAsync("/"));
        var after = await SettledAsync(running);

        Assert.Equal(3, after.Processes);
        var (metered, summed) = (after.Metered - before.Metered, after.Summed - before.Summed);
        Assert.True(summed > 0.5, $"the load took {summed} s only");
        Assert.InRange(metered, summed * (1 - MostDifference), summed * (1 + MostDifference));
    }

    /// <summary>
    /// What the supervisor says and what /proc/PID/stat of the whole session says, at one moment: nothing runs on meanwhile.
    /// </summary>
    private static async Task<(double Metered, double Summed, int Processes)> SettledAsync(Running running)
    {
        (double, double, int) last = default;
        await Eventually.HoldsAsync(
            async () =>
            {
                var earlier = last;
                var worker = (await running.StatusAsync()).Workers[0];
                var stats = StatsOfSession(worker.Pid!.Value);
                last = (worker.CpuSeconds!.Value, stats.Sum(), stats.Count);
                return stats.Count == 3 && Math.Abs(last.Item2 - earlier.Item2) < 0.05;
            },
            () => $"it does not come to rest: {last}",
            Running.Patience);
        return last;
    }

    private static List<double> StatsOfSession(int session) =>
    [
        .. from folder in Directory.EnumerateDirectories("/proc")
           where int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out _)
           let stat = Read(Path.Combine(folder, "stat"))
           where stat.Length > 0
           // The name in parentheses may hold blanks; the session is the sixth field, user and system time the 14th and 15th.
           let fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ')
           where fields[3] == session.ToString(CultureInfo.InvariantCulture)
           select (double.Parse(fields[11], CultureInfo.InvariantCulture)
               + double.Parse(fields[12], CultureInfo.InvariantCulture)) / TicksPerSecond,
    ];

    private static string Read(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (IOException)
        {
            return "";
        }
    }
}
