using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;
using ClientTransports;

// ClientTransports async|threads URL CONNECTIONS SECONDS: GETs the URL in a closed loop, compares every byte with the
// first reply, and prints requests per second and CPU microseconds per request.
if (args is not [("async" or "threads") and var transport, var address, var connections, var seconds])
{
    Console.Error.WriteLine("ClientTransports async|threads URL CONNECTIONS SECONDS");
    return 2;
}

var url = new Uri(address);
var endPoint = new IPEndPoint(IPAddress.Parse(url.Host), url.Port);
var request = Encoding.ASCII.GetBytes($"GET {url.AbsolutePath} HTTP/1.1\r\nHost: {url.Authority}\r\n\r\n");
var count = int.Parse(connections, CultureInfo.InvariantCulture);
using var http = new HttpClient();
var wanted = await http.GetByteArrayAsync(url);

using var end = new CancellationTokenSource();
var users = Enumerable.Range(0, count).Select(_ => new User(endPoint, request, wanted)).ToList();
var watch = Stopwatch.StartNew();
var before = Environment.CpuUsage.TotalTime;
var running = users.Select(user => transport == "async"
    ? user.RunAsync(end.Token)
    : Task.Factory.StartNew(() => user.Run(end.Token), TaskCreationOptions.LongRunning)).ToList();
await Task.Delay(TimeSpan.FromSeconds(double.Parse(seconds, CultureInfo.InvariantCulture)));
await end.CancelAsync();
await Task.WhenAll(running);
var requests = users.Sum(user => user.Requests);
var cpu = Environment.CpuUsage.TotalTime - before;
Console.WriteLine(string.Create(
    CultureInfo.InvariantCulture, $"{requests / watch.Elapsed.TotalSeconds:0} {cpu.TotalMicroseconds / requests:0.00}"));
return 0;
