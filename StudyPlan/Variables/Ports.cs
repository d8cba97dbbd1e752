using System.Globalization;

namespace StudyPlan.Variables;

/// <summary>The ports of a study: the way in's, one for each worker from the first on, the store's.</summary>
internal static class Ports
{
    private const int Last = 65535;

    public static IEnumerable<string> FindProblems(Values values, bool hasStore)
    {
        int Of(string name) => int.Parse(values[name], CultureInfo.InvariantCulture);
        var (front, first, store) = (Of("PORT"), Of("FIRST_PORT"), Of("STORE_PORT"));
        var last = first + values.Words("PROCS").Max(procs => int.Parse(procs, CultureInfo.InvariantCulture)) - 1;
        bool IsWorkers(int port) => port >= first && port <= last;
        if (last > Last)
            yield return $"FIRST_PORT='{first}': the last worker would listen on {last}; wanted: at most {Last - (last - first)}";
        if (IsWorkers(front)) yield return $"PORT='{front}': {AWorkers()}";
        if (hasStore && IsWorkers(store)) yield return $"STORE_PORT='{store}': {AWorkers()}";
        if (hasStore && store == front)
            yield return $"STORE_PORT='{store}': the way in listens there; wanted: another port than PORT";

        string AWorkers() => $"a worker listens there (FIRST_PORT={first}); wanted: a port outside {first} to {last}";
    }
}
