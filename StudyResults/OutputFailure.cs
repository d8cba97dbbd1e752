namespace StudyResults;

/// <summary>What to say of a failure to write: of standard output .NET tells neither that it was that nor what to do.</summary>
public static class OutputFailure
{
    /// <summary>Whether it is of standard output or standard error, which are closed, or on a full disk.</summary>
    public static bool IsOfConsole(Exception failure) => failure?.TargetSite?.DeclaringType?.FullName == "System.ConsolePal";

    /// <summary>In one line; of what is no such failure its own words.</summary>
    public static string Explain(Exception failure)
    {
        ArgumentNullException.ThrowIfNull(failure);
        if (!IsOfConsole(failure)) return failure.Message;
        var reason = (failure.InnerException ?? failure).Message.TrimEnd('.');
        return $"can't write ({reason}): see that standard output is open and its disk has room";
    }
}
