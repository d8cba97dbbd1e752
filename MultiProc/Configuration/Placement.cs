using System.Collections.Immutable;
using StudyResults;

namespace MultiProc.Configuration;

/// <summary>The processors that all workers, the proxy and the store are each bound to; empty: any.</summary>
internal sealed record Placement
{
    public const string Example = "workers=0-1,proxy=2,store=3";

    public ImmutableArray<int> Workers { get; init; } = [];

    public ImmutableArray<int> Proxy { get; init; } = [];

    public ImmutableArray<int> Store { get; init; } = [];

    public IEnumerable<int> All => Workers.Concat(Proxy).Concat(Store);

    /// <summary>
    /// Reads NAME=PROCESSORS, several with commas between, as a list of processors has them too; null for anything else.
    /// </summary>
    public static Placement? TryParse(string text)
    {
        var placement = new Placement();
        var named = new HashSet<string>();
        foreach (var part in SplitBeforeNames(text))
        {
            if (part.Split('=') is not [var name, var list] || !named.Add(name) || CpuList.Parse(list) is not { } cpus)
                return null;
            switch (name)
            {
                case "workers": placement = placement with { Workers = cpus }; break;
                case "proxy": placement = placement with { Proxy = cpus }; break;
                case "store": placement = placement with { Store = cpus }; break;
                default: return null;
            }
        }

        return placement;
    }

    /// <summary>What binds a command to processors: put before it.</summary>
    public static ImmutableArray<string> WordsFor(ImmutableArray<int> cpus) =>
        cpus.IsEmpty ? [] : ["taskset", "--cpu-list", string.Join(',', cpus)];

    private static List<string> SplitBeforeNames(string text)
    {
        var parts = new List<string>();
        foreach (var word in text.Split(','))
        {
            if (word.Contains('=') || parts.Count == 0) parts.Add(word);
            else parts[^1] += "," + word;
        }

        return parts;
    }
}
