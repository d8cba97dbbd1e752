using System.Globalization;

namespace MultiProc.Processes;

/// <summary>
/// What every process that we keep, and all that it starts, has in its environment: by it those are found whose parents
/// have ended and who lead a session of their own.
/// </summary>
internal sealed record ProcessMark(string ProcessName)
{
    public const string Variable = "MULTIPROC_PROCESS";

    public string Value => string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessId}-{ProcessName}");

    /// <summary>As it stands in an environment.</summary>
    public override string ToString() => $"{Variable}={Value}";
}
