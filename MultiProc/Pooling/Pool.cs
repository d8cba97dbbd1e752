using MultiProc.Configuration;
using MultiProc.Keeping;
using MultiProc.Limits;
using MultiProc.Workers;

namespace MultiProc.Pooling;

/// <summary>The workers that there are, and how many there are to be.</summary>
internal sealed class Pool(Settings settings, Func<string?> storeUrl, Limiter limiter, Equipment equipment)
{
    private readonly List<Worker> _workers = [];

    /// <summary>By index; those that are leaving included.</summary>
    public IReadOnlyList<Worker> Workers => _workers;

    /// <summary>Workers asked for.</summary>
    public int Target { get; set; } = settings.Procs;

    /// <summary>One more than asked for, to stand in while the only one is replaced.</summary>
    public bool HasStandIn { get; set; }

    private int Wanted => Target + (HasStandIn ? 1 : 0);

    public bool Fits => _workers.Count == Wanted;

    /// <summary>Has only these get requests.</summary>
    public void Choose(IEnumerable<Worker> chosen)
    {
        var indices = chosen.Select(worker => worker.Index).ToHashSet();
        foreach (var worker in _workers) worker.IsChosen = indices.Contains(worker.Index);
    }

    /// <summary>Has everybody get requests, those to come included.</summary>
    public void ChooseAll() => Choose(_workers);

    public Worker? Find(int index) => _workers.Find(worker => worker.Index == index);

    /// <summary>
    /// Makes the pool what it is to be: new workers join, those that are too many drain, stop and leave, and one that was
    /// stopped and is wanted starts again.
    /// </summary>
    public void Fit()
    {
        _workers.RemoveAll(worker => worker.Index > Wanted && worker.Process.State == ProcessState.Stopped);
        foreach (var worker in _workers)
        {
            if (worker.Index > Wanted) Drain(worker);
            else worker.Process.StartAgain();
        }

        for (var index = 1; index <= Wanted; index++)
        {
            if (Find(index) is null) _workers.Add(new Worker(index, settings, storeUrl, limiter, equipment));
        }

        _workers.Sort((one, other) => one.Index - other.Index);
    }

    public void Drain(Worker worker) => worker.Process.Drain(settings.DrainTimeout, settings.StopTimeout);
}
