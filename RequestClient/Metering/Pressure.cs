using System.Globalization;
using StudyResults;

namespace RequestClient.Metering;

/// <summary>
/// The totals in /proc/pressure (the kernel's Documentation/accounting/psi.rst), in microseconds since the boot.
/// </summary>
internal static class Pressure
{
    private const string Folder = "/proc/pressure";

    /// <summary>Null where the kernel was built without it, or does not let us read it.</summary>
    public static PressureRecord? Read()
    {
        try
        {
            return Parse(File.ReadAllText(Path.Combine(Folder, "cpu")), File.ReadAllText(Path.Combine(Folder, "io")));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    public static PressureRecord Parse(string cpu, string io) => new()
    {
        CpuSomeSeconds = Total(cpu, "some"),
        IoSomeSeconds = Total(io, "some"),
        IoFullSeconds = Total(io, "full"),
    };

    public static PressureRecord? Between(PressureRecord? start, PressureRecord? end) =>
        start is null || end is null ? null : new PressureRecord
        {
            CpuSomeSeconds = Difference(start.CpuSomeSeconds, end.CpuSomeSeconds),
            IoSomeSeconds = Difference(start.IoSomeSeconds, end.IoSomeSeconds),
            IoFullSeconds = Difference(start.IoFullSeconds, end.IoFullSeconds),
        };

    /// <summary>A line is "some avg10=0.00 avg60=0.00 avg300=0.00 total=12345".</summary>
    private static double? Total(string text, string kind)
    {
        var line = text.Split('\n').FirstOrDefault(line => line.StartsWith(kind + " ", StringComparison.Ordinal));
        var total = line?.Split("total=") is [_, var digits] ? digits.Trim() : "";
        return long.TryParse(total, NumberStyles.None, CultureInfo.InvariantCulture, out var microseconds)
            ? microseconds / 1e6
            : null;
    }

    private static double? Difference(double? start, double? end) =>
        end - start is { } difference ? Math.Max(0, Math.Round(difference, 6)) : null;
}
