using StudyResults;

namespace RequestClient.Metering;

/// <summary>Everything that is read at one edge of the measured window.</summary>
internal sealed record WindowEdge(
    double ClientCpuSeconds, int ClientCollections, MachineCpuRecord? MachineCpu, PressureRecord? Pressure,
        ControlStatus? Control)
{
    /// <summary>
    /// Reads all that at the window's beginning, the supervisor first: what asking it costs the client lies outside.
    /// </summary>
    public static async Task<WindowEdge> BeforeAsync(ControlSocket? control, CancellationToken cancellation)
    {
        var status = control is null ? null : await control.ReadAsync(cancellation);
        return Own() with { Control = status };
    }

    /// <summary>The same at its end, in the opposite order.</summary>
    public static async Task<WindowEdge> AfterAsync(ControlSocket? control, CancellationToken cancellation)
    {
        var own = Own();
        return own with { Control = control is null ? null : await control.ReadAsync(cancellation) };
    }

    private static WindowEdge Own() => new(
        Environment.CpuUsage.TotalTime.TotalSeconds,
        GC.CollectionCount(0),
        Metering.MachineCpu.Read(),
        Metering.Pressure.Read(),
        Control: null);
}
