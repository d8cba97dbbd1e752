using System.Globalization;

namespace MultiProc.WaysIn;

/// <summary>What HAProxy counts, since it started.</summary>
/// <param name="Requests">Requests that the frontend for clients took; null in TCP mode, where it sees bytes only.</param>
/// <param name="Slots">Each slot by its name.</param>
/// <param name="SlotsAreChecked">Whether the configuration has HAProxy check the workers' health.</param>
internal sealed record HaproxyCounters(long? Requests, IReadOnlyDictionary<string, SlotCounters> Slots, bool SlotsAreChecked)
{
    private const string Frontend = "blobs";

    /// <summary>Reads the answer to "show stat": CSV with a first line of column names, whose order differs by version.</summary>
    public static HaproxyCounters Parse(string csv, string backend)
    {
        var lines = csv.TrimStart('#', ' ').Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var columns = lines[0].Split(',').Select((name, at) => (name, at)).Where(column => column.name.Length > 0)
            .ToDictionary(column => column.name, column => column.at);
        long? requests = null;
        var slots = new Dictionary<string, SlotCounters>();
        var areChecked = false;
        foreach (var fields in lines.Skip(1).Select(line => line.Split(',')))
        {
            var (proxy, server) = (Field("pxname"), Field("svname"));
            var seesRequests = Field("mode") != "tcp";
            if (server == "FRONTEND" && proxy == Frontend && seesRequests) requests = (requests ?? 0) + Number("req_tot");
            if (proxy != backend || server is "FRONTEND" or "BACKEND") continue;
            slots[server] = new SlotCounters(
                seesRequests ? Number("stot") : null,
                Number("scur") + Number("qcur"),
                IsDown: Field("status").StartsWith("DOWN", StringComparison.Ordinal));
            areChecked |= Field("check_status").Length > 0;

            string Field(string name) => columns.TryGetValue(name, out var at) ? fields[at] : "";
            long Number(string name) => long.TryParse(Field(name), CultureInfo.InvariantCulture, out var value) ? value : 0;
        }

        return new HaproxyCounters(requests, slots, areChecked);
    }
}

/// <summary>One slot.</summary>
/// <param name="Requests">Requests that HAProxy handed to it; null in TCP mode.</param>
/// <param name="UnderWay">Those that it has not answered yet, and those that wait for it.</param>
/// <param name="IsDown">Whether HAProxy's own checks found it not answering, and it gets nothing.</param>
internal sealed record SlotCounters(long? Requests, long UnderWay, bool IsDown = false);
