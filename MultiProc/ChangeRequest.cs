namespace MultiProc;

/// <summary>What somebody wants changed.</summary>
internal abstract record ChangeRequest
{
    private readonly TaskCompletionSource<string?> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ChangeRequest()
    {
    }

    /// <summary>Ends when the change is made: null, or why it was not and what to do.</summary>
    public Task<string?> Outcome => _done.Task;

    public void Finish(string? problem) => _done.TrySetResult(problem);

    /// <summary>Every worker is to be replaced, one at a time.</summary>
    internal sealed record Restart : ChangeRequest;

    /// <summary>There are to be so many workers.</summary>
    internal sealed record Scale(int Procs) : ChangeRequest;

    /// <summary>There are to be so many more workers (fewer, when below 0).</summary>
    internal sealed record ScaleBy(int Difference) : ChangeRequest;
}
