using System.Globalization;

namespace MultiProc.Balancing;

/// <summary>Requests counted by HAProxy since it started.</summary>
/// <param name="Requests">Those that its frontends for clients took.</param>
/// <param name="RequestsBySlot">Those that it handed to each slot, by the slot's name.</param>
internal sealed record HaproxyCounters(long Requests, IReadOnlyDictionary<string, long> RequestsBySlot)
{
    private const string Frontend = "blobs";

    /// <summary>Reads the answer to "show stat": CSV with a first line of column names, whose order differs by version.</summary>
    public static HaproxyCounters Parse(string csv, string backend)
    {
        var lines = csv.TrimStart('#', ' ').Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var columns = lines[0].Split(',').Select((name, at) => (name, at)).Where(column => column.name.Length > 0)
            .ToDictionary(column => column.name, column => column.at);
        var requests = 0L;
        var bySlot = new Dictionary<string, long>();
        foreach (var fields in lines.Skip(1).Select(line => line.Split(',')))
        {
            var (proxy, server) = (Field("pxname"), Field("svname"));
            if (server == "FRONTEND" && proxy == Frontend) requests += Number("req_tot");
            if (proxy == backend && server is not ("FRONTEND" or "BACKEND")) bySlot[server] = Number("stot");

            string Field(string name) => fields[columns[name]];
            long Number(string name) => long.TryParse(Field(name), CultureInfo.InvariantCulture, out var value) ? value : 0;
        }

        return new HaproxyCounters(requests, bySlot);
    }
}
