using StudyPlan.Order;
using StudyPlan.Variables;

namespace StudyPlan.Tests;

/// <summary>Studies to test with.</summary>
internal static class Parameters
{
    /// <summary>As run-test.sh has it when nothing is set: 30 runs a block, six of them the control.</summary>
    public static StudyParameters Default { get; } = new()
    {
        Procs = [1, 2, 4, 8],
        Actions = ["baseline", "list", "put", "get", "flag", "delete"],
        Scenarios = [new Scenario(20000, 10)],
        Runs = 5,
        Budget = TimeSpan.FromMinutes(10),
        Seed = 42,
    };

    public static StudyParameters Small { get; } =
        Default with { Procs = [1, 2], Actions = ["put"], Scenarios = [new Scenario(1, 1)] };
}
