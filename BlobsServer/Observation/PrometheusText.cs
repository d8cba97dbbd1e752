using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace BlobsServer.Observation;

/// <summary>The metrics in Prometheus' text format, version 0.0.4.</summary>
internal sealed class PrometheusText
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    private readonly StringBuilder _text = new();

    public static byte[] Write(Metrics metrics)
    {
        var inFlight = metrics.InFlight; // before the counts, see RequestCounters.End
        var text = new PrometheusText();
        text.WriteRequests(metrics);
        text.WriteDurations(metrics);
        text.WriteOne("blobs_requests_in_flight", "gauge", "Requests that are being answered.", inFlight);
        text.WriteOne("blobs_received_bytes_total", "counter", "Bytes of blobs that came in.", metrics.ReceivedBytes);
        text.WriteOne("blobs_sent_bytes_total", "counter", "Bytes of blobs and lists that went out.", metrics.SentBytes);
        text.WriteRuntime();
        text.WriteProcess();
        return Encoding.UTF8.GetBytes(text._text.ToString());
    }

    private void WriteRequests(Metrics metrics)
    {
        Head("blobs_requests_total", "counter", "Requests answered, by route and status.");
        foreach (var (route, status, count) in metrics.Requests())
        {
            Sample($"blobs_requests_total{{route=\"{Name(route)}\",status=\"{status}\"}}", count);
        }
    }

    private void WriteDurations(Metrics metrics)
    {
        Head("blobs_request_duration_seconds", "histogram", "From the request's head to the end of the answer, by route.");
        foreach (var route in Enum.GetValues<RouteName>())
        {
            var cumulative = metrics.CumulativeDurations(route);
            if (cumulative[^1] == 0) continue;
            var label = $"route=\"{Name(route)}\"";
            for (var bucket = 0; bucket < cumulative.Length; bucket++)
            {
                var bound = bucket < Metrics.BucketSeconds.Length ? Number(Metrics.BucketSeconds[bucket]) : "+Inf";
                Sample($"blobs_request_duration_seconds_bucket{{{label},le=\"{bound}\"}}", cumulative[bucket]);
            }

            Sample($"blobs_request_duration_seconds_sum{{{label}}}", metrics.SumSeconds(route));
            Sample($"blobs_request_duration_seconds_count{{{label}}}", cumulative[^1]);
        }
    }

    private void WriteRuntime()
    {
        Head("dotnet_gc_collections_total", "counter", "Garbage collections, by generation.");
        for (var generation = 0; generation <= GC.MaxGeneration; generation++)
        {
            Sample($"dotnet_gc_collections_total{{generation=\"{generation}\"}}", GC.CollectionCount(generation));
        }

        WriteOne(
            "dotnet_gc_pause_seconds_total",
            "counter",
            "Time that collections stopped the process.",
            GC.GetTotalPauseDuration().TotalSeconds);
        WriteOne("dotnet_gc_heap_bytes", "gauge", "Bytes on the managed heap.", GC.GetTotalMemory(forceFullCollection: false));
        WriteOne("dotnet_gc_allocated_bytes_total", "counter", "Bytes allocated since the start.", GC.GetTotalAllocatedBytes());
        WriteOne("dotnet_threadpool_threads", "gauge", "Threads of the pool.", ThreadPool.ThreadCount);
    }

    private void WriteProcess()
    {
        using var process = Process.GetCurrentProcess();
        WriteOne(
            "process_cpu_seconds_total", "counter", "Processor time, user and system.", process.TotalProcessorTime.TotalSeconds);
        WriteOne("process_resident_memory_bytes", "gauge", "Resident memory.", process.WorkingSet64);
        WriteOne("process_open_fds", "gauge", "Open descriptors.", Directory.EnumerateFileSystemEntries("/proc/self/fd").Count());
    }

    private void WriteOne(string name, string type, string help, double value)
    {
        Head(name, type, help);
        Sample(name, value);
    }

    private void Head(string name, string type, string help) => _text.Append($"# HELP {name} {help}\n# TYPE {name} {type}\n");

    private void Sample(string name, double value) => _text.Append(name).Append(' ').Append(Number(value)).Append('\n');

    private static string Name(RouteName route) => route.ToString().ToLowerInvariant();

    private static string Number(double value) => value.ToString(CultureInfo.InvariantCulture);
}
