using System.Globalization;
using StudyPlan.Order;

namespace StudyPlan.Studies;

/// <summary>A moment at which servers were started for a group of a block.</summary>
internal sealed record ServerStart(DateTimeOffset At, int Block, Group Group)
{
    public override string ToString() => $"{At:O} {Block.ToString(CultureInfo.InvariantCulture)} {Group}";

    public static ServerStart? Parse(string text) =>
        text.Split(' ') is [var at, var block, var wayIn, var store, var workers, var control]
        && DateTimeOffset.TryParse(at, CultureInfo.InvariantCulture, out var time)
        && int.TryParse(block, NumberStyles.None, CultureInfo.InvariantCulture, out var blockNumber)
        && int.TryParse(workers, NumberStyles.None, CultureInfo.InvariantCulture, out var workersNumber)
            ? new ServerStart(time, blockNumber, new Group(wayIn, store == "-" ? null : store, workersNumber, control == "1"))
            : null;
}
