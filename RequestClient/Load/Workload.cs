using RequestClient.Actions;
using RequestClient.Blobs;
using RequestClient.Load.Judging;
using RequestClient.Net;

namespace RequestClient.Load;

/// <summary>What every virtual user does, and against which server.</summary>
internal sealed class Workload(ActionPlan action, Target target, string user, int blobLength, IReadOnlyList<string> headers)
{
    public ActionPlan Action { get; } = action;

    public Target Target { get; } = target;

    public int BlobLength { get; } = blobLength;

    public ulong UserHash { get; } = BlobContent.UserHash(user);

    /// <summary>Whether a blob's bytes are sent or compared at all.</summary>
    public bool UsesBlobs { get; } = action.Steps.Any(step => step.SendsBlob || step.Wants(WantedBody.Blob));

    /// <summary>What the rehearsal saw, by step.</summary>
    public LearnedBody[] Learned { get; } = [.. action.Steps.Select(_ => new LearnedBody())];

    /// <summary>The values that may come once, by step.</summary>
    private readonly OnceValues[] _values = [.. action.Steps.Select(_ => new OnceValues())];

    /// <summary>Forgets what only belongs to one phase.</summary>
    public void BeginPhase()
    {
        foreach (var values in _values) values.Clear();
    }

    /// <summary>The lines that operations take their values from; null when they need none.</summary>
    public FeedRows? Rows { get; } = action.Feed?.Rows;

    /// <summary>Looks at what lines would put into heads of requests, where not every byte may stand.</summary>
    /// <exception cref="RunFailedException">A line would break a request.</exception>
    public void CheckFeed()
    {
        if (Rows is null) return;
        foreach (var column in PrepareRequests(MakeValues()).SelectMany(request => request.HeadColumns).Distinct()) Rows.EnsureFitsHead(column);
    }

    public OperationValues MakeValues() => new(Action.Kept.Count);

    public ReplyJudge[] MakeJudges(OperationValues values) =>
        [.. Action.Steps.Select((step, index) => new ReplyJudge(step, Learned[index], _values[index], BlobLength, user, values))];

    public PreparedRequest[] PrepareRequests(OperationValues values) =>
        [.. Action.Steps.Select(step => new PreparedRequest(step, Target, user, BlobLength, headers, values))];
}
