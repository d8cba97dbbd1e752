namespace StudyPlan.Order;

/// <summary>Runs of one block that share one start of the servers.</summary>
/// <param name="WayIn">Through which the workers are reached.</param>
/// <param name="Store">Behind the workers; null where there is none.</param>
/// <param name="Workers">How many are started; a way in that can switch leads to some of them at a time.</param>
/// <param name="Control">Whether these servers are started for the control alone.</param>
internal readonly record struct Group(string WayIn, string? Store, int Workers, bool Control)
{
    public override string ToString() => FormattableString.Invariant($"{WayIn} {Store ?? "-"} {Workers} {(Control ? 1 : 0)}");
}
