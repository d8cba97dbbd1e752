using StudyResults;

namespace Graph.Analysis;

/// <summary>One measured run as the analysis sees it: its record and the rate that follows from it.</summary>
internal sealed record Run(RunRecord Record)
{
    /// <summary>Right operations per second; zero when none was right.</summary>
    public double OperationsPerSecond => Record.Operations / Record.ElapsedSeconds;

    public long Failed => Record.Errors.Values.Sum();
}
