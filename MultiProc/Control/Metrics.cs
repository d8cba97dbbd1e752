using System.Globalization;
using System.Text;
using MultiProc.Snapshots;

namespace MultiProc.Control;

/// <summary>A status report as Prometheus text (exposition format 0.0.4). Figures that nobody knows are left out.</summary>
internal static class Metrics
{
    public static string Format(StatusReport report)
    {
        var processes = report.Workers.Select(worker => ($"w{worker.Index}", (ProcessReport)worker)).ToList();
        if (report.Haproxy is { } haproxy) processes.Add(("haproxy", haproxy));
        if (report.Nginx is { } nginx) processes.Add(("nginx", nginx));
        if (report.Store is { } store) processes.Add(("store", store));
        var text = new StringBuilder();

        Head("multiproc_state", "gauge", "The state of the whole: 1 for the one that it is in.");
        foreach (var state in Enum.GetNames<SupervisorState>().Select(name => name.ToLowerInvariant()))
            Line("multiproc_state", "state", state, state == report.State ? 1 : 0);
        Head("multiproc_workers_wanted", "gauge", "Workers asked for.");
        text.Append(CultureInfo.InvariantCulture, $"multiproc_workers_wanted {report.Procs}\n");
        Each("multiproc_process_ready", "gauge", "1 when the process answers.", process => process.State == "ready" ? 1 : 0);
        Each("multiproc_process_restarts_total", "counter", "Starts after an unasked exit.", process => process.Restarts);
        Each("multiproc_process_cpu_seconds_total", "counter", "User and system time.", process => process.CpuSeconds);
        Each("multiproc_process_resident_bytes", "gauge", "Resident memory.", process => process.RssBytes);
        Each(
            "multiproc_process_requests_total",
            "counter",
            "Requests that the proxy counted, or where it counts none the worker itself.",
            process => process.Requests);
        return text.ToString();

        void Head(string name, string type, string help) =>
            text.Append(CultureInfo.InvariantCulture, $"# HELP {name} {help}\n# TYPE {name} {type}\n");

        void Each(string name, string type, string help, Func<ProcessReport, double?> value)
        {
            Head(name, type, help);
            foreach (var (label, process) in processes)
            {
                if (value(process) is { } known) Line(name, "process", label, known);
            }
        }

        void Line(string name, string key, string label, double value) =>
            text.Append(CultureInfo.InvariantCulture, $"{name}{{{key}=\"{label}\"}} {value}\n");
    }
}
