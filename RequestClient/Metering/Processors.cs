using System.Text.Json;

namespace RequestClient.Metering;

/// <summary>The machine's processors, whichever of them this process may use.</summary>
internal static class Processors
{
    /// <summary>How many are online; those that this process may use where nobody tells.</summary>
    public static int Online { get; } = Count();

    /// <summary>Those that this process is kept to, as the kernel lists them; null when it may use all.</summary>
    public static string? OfClient()
    {
        const string Field = "Cpus_allowed_list:";
        const string File = "/proc/self/status";
        if (Environment.ProcessorCount >= Online || !System.IO.File.Exists(File)) return null;
        return System.IO.File.ReadLines(File)
            .FirstOrDefault(line => line.StartsWith(Field, StringComparison.Ordinal))?[Field.Length..].Trim();
    }

    /// <summary>The same of another process, from a list of numbers or from the kernel's text.</summary>
    public static string? Of(JsonElement? cpus) =>
        cpus is { ValueKind: JsonValueKind.Array } list && list.GetArrayLength() >= Online ? null : Json.Words(cpus, ",");

    /// <summary>The runtime's own number is that of the processors that it may use.</summary>
    private static int Count()
    {
        const string File = "/proc/stat";
        var lines = System.IO.File.Exists(File)
            ? System.IO.File.ReadLines(File).Count(line => line is ['c', 'p', 'u', >= '0' and <= '9', ..])
            : 0;
        return Math.Max(lines, Environment.ProcessorCount);
    }
}
