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

    private readonly ActionPart[] _parts = [.. action.Parts];
    private readonly int[] _order = [.. action.Order];
    private readonly FeedRows?[] _rows = [.. action.Parts.Select(part => part.Feed?.Rows)];

    /// <summary>What an operation is.</summary>
    public ActionPart PartOf(long operation) => _parts[_order[operation % _order.Length]];

    /// <summary>Gets the values of an operation ready, but for its id.</summary>
    public void Begin(long operation, OperationValues values) => values.Begin(
        _rows[_order[operation % _order.Length]], operation, Action.Trace?.Statuses is { } statuses ? statuses[operation] : null);

    /// <summary>For each kind of operation whose replies have to be seen before, the first one of it.</summary>
    public IEnumerable<long> Rehearsals => _parts.Index().Where(part => part.Item.NeedsRehearsal)
        .Select(part => (long)Array.IndexOf(_order, part.Index)).Where(operation => operation >= 0);

    /// <summary>Looks at what lines would put into heads of requests, where not every byte may stand.</summary>
    /// <exception cref="RunFailedException">A line would break a request.</exception>
    public void CheckFeed()
    {
        var requests = PrepareRequests(MakeValues());
        for (var index = 0; index < _parts.Length; index++)
        {
            var columns = requests.Skip(_parts[index].FirstStep).Take(_parts[index].StepCount)
                .SelectMany(request => request.HeadColumns).Distinct();
            foreach (var column in columns) _rows[index]!.EnsureFitsHead(column);
        }
    }

    public OperationValues MakeValues() => new(Action.Kept.Count);

    public ReplyJudge[] MakeJudges(OperationValues values) =>
        [
            .. Action.Steps.Select(
                (step, index) => new ReplyJudge(step, IsFirst(index), Learned[index], _values[index], BlobLength, user, values))
        ];

    private bool IsFirst(int step) => _parts.Any(part => part.FirstStep == step);

    public PreparedRequest[] PrepareRequests(OperationValues values) =>
        [.. Action.Steps.Select(step => new PreparedRequest(step, Target, user, BlobLength, headers, values))];
}
