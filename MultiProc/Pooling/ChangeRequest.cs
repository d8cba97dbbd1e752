using System.Collections.Immutable;
using MultiProc.Configuration;

namespace MultiProc.Pooling;

/// <summary>What somebody wants changed.</summary>
internal abstract record ChangeRequest
{
    private readonly TaskCompletionSource<string?> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ChangeRequest()
    {
    }

    /// <summary>Ends when the change is made: null, or why it was not and what to do.</summary>
    public Task<string?> Outcome => _done.Task;

    /// <summary>What whoever asked should know although it was done; null when there is nothing.</summary>
    public string? Note { get; set; }

    public void Finish(string? problem) => _done.TrySetResult(problem);

    /// <summary>So many workers, drawn at random, are to get all requests.</summary>
    internal sealed record Serve(int Procs) : ChangeRequest
    {
        /// <summary>The workers that were drawn, by index; empty until then.</summary>
        public ImmutableArray<int> Drawn { get; set; } = [];
    }

    /// <summary>Limits are to be these from now on.</summary>
    internal sealed record Limit(Func<ComponentLimits, ComponentLimits> Change) : ChangeRequest;

    /// <summary>Every worker is to be replaced, one at a time.</summary>
    internal sealed record Restart : ChangeRequest;

    /// <summary>There are to be so many workers.</summary>
    internal sealed record Scale(int Procs) : ChangeRequest;

    /// <summary>There are to be so many more workers (fewer, when below 0).</summary>
    internal sealed record ScaleBy(int Difference) : ChangeRequest;
}
