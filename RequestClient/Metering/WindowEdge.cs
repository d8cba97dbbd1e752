namespace RequestClient.Metering;

/// <summary>Everything that is read at one edge of the measured window.</summary>
internal sealed record WindowEdge(double ClientCpuSeconds, ControlStatus? Control)
{
    /// <summary>
    /// Reads the supervisor before the window and after it; the client's own time is taken on the window's side of
    /// that, so that asking does not count.
    /// </summary>
    public static async Task<WindowEdge> ReadAsync(ControlSocket? control, bool isEnd, CancellationToken cancellation)
    {
        var atEnd = isEnd ? Environment.CpuUsage.TotalTime : default;
        var status = control is null ? null : await control.ReadAsync(cancellation);
        var own = isEnd ? atEnd : Environment.CpuUsage.TotalTime;
        return new WindowEdge(own.TotalSeconds, status);
    }
}
