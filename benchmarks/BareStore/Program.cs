using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using BareStore;

// BareStore put|get URL CONNECTIONS SECONDS KIB: operations a second, one line.
if (args is not [("put" or "get") and var action, var url, var connectionsText, var secondsText, var kiBText])
{
    Console.Error.WriteLine("usage: BareStore put|get URL CONNECTIONS SECONDS KIB");
    return 2;
}

var connections = int.Parse(connectionsText, CultureInfo.InvariantCulture);
var length = TimeSpan.FromSeconds(double.Parse(secondsText, CultureInfo.InvariantCulture));
var body = RandomNumberGenerator.GetBytes(1024 * int.Parse(kiBText, CultureInfo.InvariantCulture));
await using IBareStore store = url.StartsWith("s3:", StringComparison.Ordinal) ? new S3Bucket(new Uri(url)) : new Table(url, connections);
await store.PrepareAsync();
var known = $"known-{Guid.NewGuid():N}";
await store.PutAsync(known, body);
await RunAsync(TimeSpan.FromSeconds(1)); // what is compiled and connected on the way is no part of it
Console.WriteLine((await RunAsync(length)).ToString("F1", CultureInfo.InvariantCulture));
return 0;

async Task<double> RunAsync(TimeSpan runLength)
{
    var watch = Stopwatch.StartNew();
    var counts = await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => Task.Run(async () =>
    {
        var count = 0;
        for (; watch.Elapsed < runLength; count++)
        {
            if (action == "put") await store.PutAsync($"{Guid.NewGuid():N}", body);
            else if (await store.GetAsync(known) != body.Length) throw new IOException("another length came back");
        }

        return count;
    })));
    return counts.Sum() / watch.Elapsed.TotalSeconds;
}
