using System.Net;
using RequestClient.Actions;
using RequestClient.Net;

namespace RequestClient.Load;

/// <summary>
/// An action as a whole before there is a server: its text, the lines of its feed, and what of them would stand in heads of
/// requests.
/// </summary>
internal static class ActionCheck
{
    private static readonly Target Nobody = Target.Of(new Uri("http://127.0.0.1"), IPAddress.Loopback);

    /// <summary>The action of that name, or what is wrong with it, in one line.</summary>
    /// <param name="name">The name.</param>
    /// <param name="file">Where actions are described.</param>
    /// <param name="feed">A feed in place of the one that the action names; null for that one.</param>
    public static (ActionPlan? Action, string? Problem) Find(string name, string file, Feed? feed) =>
        Check(ActionFile.Find(name, file, feed));

    /// <summary>A trace as one action, or what is wrong with it, in one line.</summary>
    public static (ActionPlan? Action, string? Problem) FindTrace(string trace, string file) =>
        Check(TraceFile.Read(trace, file));

    private static (ActionPlan? Action, string? Problem) Check((ActionPlan? Action, string? Problem) found)
    {
        if (found.Action is null) return found;
        try
        {
            new Workload(found.Action, Nobody, user: "nobody", blobLength: 0, headers: []).CheckFeed();
            return found;
        }
        catch (RunFailedException wrong)
        {
            return (null, wrong.Message);
        }
    }
}
