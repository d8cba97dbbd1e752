using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Numerics;

namespace StudyResults;

/// <summary>
/// One run of a study's plan: a line of plan.txt, and of the files that RequestClient runs reads. Its columns are named by
/// <see cref="Columns"/> and stand with single spaces between them, so that a shell's `read` takes them apart too.
/// </summary>
public sealed record PlannedRun
{
    /// <summary>The names of a line's columns, in their order.</summary>
    public const string Columns = "block order procs action amount sizeKiB concurrency proxy store control objective";

    /// <summary>
    /// The store of runs whose blobs are the server's own files, beside others that have a store: nothing is started for it.
    /// </summary>
    public const string Disk = "disk";

    private const string None = "-";

    /// <summary>From 1; a block holds every cell once, and its smallest cells a second time as the control.</summary>
    public required int Block { get; init; }

    /// <summary>From 1, through all blocks.</summary>
    public required int Order { get; init; }

    /// <summary>Server processes that serve.</summary>
    public required int Procs { get; init; }

    public required string Action { get; init; }

    /// <summary>Operations, from 1; done again until the window is long enough.</summary>
    public required long Amount { get; init; }

    public required int SizeKiB { get; init; }

    /// <summary>Connections, from 1.</summary>
    public required int Concurrency { get; init; }

    /// <summary>The way in to the workers, for instance haproxy.</summary>
    public required string Proxy { get; init; }

    /// <summary>The store behind the workers, for instance redis; null when there is none.</summary>
    public string? Store { get; init; }

    /// <summary>The store that runs, as records name it; null when none does.</summary>
    public string? StartedStore => Store == Disk ? null : Store;

    /// <summary>Whether it is the second run of the smallest cell, under a label of its own.</summary>
    public bool Control { get; init; }

    /// <summary>The objective whose highest rate is searched, such as p99=20ms; null for a closed loop.</summary>
    public Objective? Objective { get; init; }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{Block} {Order} {Procs} {Action} {Amount} {SizeKiB} {Concurrency} {Proxy} "
        + $"{Store ?? None} {(Control ? 1 : 0)} {Objective?.ToString() ?? None}");

    /// <summary>All runs of a plan; empty lines and those that begin with # are left out.</summary>
    /// <exception cref="FormatException">A line is no run; the message says its number and what was wanted.</exception>
    public static IReadOnlyList<PlannedRun> ReadAll(IEnumerable<string> lines) =>
    [
        .. lines.Select((line, index) => (Line: line.Trim(), Number: index + 1))
            .Where(at => at.Line.Length > 0 && !at.Line.StartsWith('#'))
            .Select(at => TryParse(at.Line, out var run)
                ? run
                : throw new FormatException($"line {at.Number}: '{at.Line}' is no planned run; wanted {Columns}")),
    ];

    public static bool TryParse(string line, [NotNullWhen(true)] out PlannedRun? run)
    {
        ArgumentNullException.ThrowIfNull(line);
        run = null;
        // Plans of studies before objectives have a column less.
        if (line.Split(' ') is not
            [
                var block, var order, var procs, var action, var amount, var size, var concurrency, var proxy, var store, var control,
                .. var rest,
            ])
        {
            return false;
        }

        if (control is not ("0" or "1")) return false;
        if (rest is not ([] or [_]) || (rest is [not None and var text] && StudyResults.Objective.Parse(text) is null))
            return false;
        if (!TryCount(block, 1, out var blockNumber) || !TryCount(order, 1, out var orderNumber)) return false;
        if (!TryCount(procs, 1, out var processes) || !TryCount(amount, 1L, out var operations)) return false;
        if (!TryCount(size, 0, out var sizeKiB) || !TryCount(concurrency, 1, out var connections)) return false;
        if (action.Length == 0 || proxy.Length == 0 || store.Length == 0) return false;
        run = new PlannedRun
        {
            Block = blockNumber,
            Order = orderNumber,
            Procs = processes,
            Action = action,
            Amount = operations,
            SizeKiB = sizeKiB,
            Concurrency = connections,
            Proxy = proxy,
            Store = store == None ? null : store,
            Control = control == "1",
            Objective = rest is [not None and var objective] ? StudyResults.Objective.Parse(objective) : null,
        };
        return true;
    }

    private static bool TryCount<T>(string text, T least, out T count)
        where T : struct, IBinaryInteger<T> =>
        T.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out count) && count >= least;
}
