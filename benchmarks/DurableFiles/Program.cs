using System.Diagnostics;
using System.Globalization;
using DurableFiles;

// DurableFiles DIR THREADS SECONDS: each thread creates files of 10 KiB in a directory of its own, as durable as can be promised on
// any file system: write, fsync, fsync of the directory. Prints how many a second.
if (args is not [var directory, var threadsText, var secondsText]
    || !int.TryParse(threadsText, CultureInfo.InvariantCulture, out var threads)
    || !double.TryParse(secondsText, CultureInfo.InvariantCulture, out var seconds))
{
    Console.Error.WriteLine("usage: DurableFiles DIR THREADS SECONDS");
    return 2;
}

var duration = TimeSpan.FromSeconds(seconds);
var stored = new long[threads];
var clock = Stopwatch.StartNew();
var running = new List<Thread>();
foreach (var index in Enumerable.Range(0, threads))
{
    var own = Directory.CreateDirectory(Path.Combine(directory, $"{index}")).FullName;
    var thread = new Thread(() => stored[index] = DurableWriter.Fill(own, () => clock.Elapsed < duration));
    thread.Start();
    running.Add(thread);
}

running.ForEach(thread => thread.Join());
Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{stored.Sum() / clock.Elapsed.TotalSeconds:F1}"));
return 0;
