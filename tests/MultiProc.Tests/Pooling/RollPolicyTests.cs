using MultiProc.Keeping;
using MultiProc.Pooling;

namespace MultiProc.Tests.Pooling;

public sealed class RollPolicyTests
{
    // What is seen: b begun, a started again, s serves, o others serve, f the stand-in fails, t the time is up.
    public static TheoryData<string, string, string> Table => new()
    {
        { "", "Ready", "Wait" },
        { "o", "Ready", "Replace" },
        { "so", "Ready", "Replace" },
        { "s", "Ready", "Wait" },
        { "sf", "Ready", "Abort" },
        { "st", "Ready", "Abort" },
        { "sot", "Ready", "Replace" },
        { "o", "Waiting", "Replace" },
        { "bo", "Draining", "Wait" },
        { "bot", "Draining", "Wait" },
        { "bo", "Stopping", "Wait" },
        { "bo", "Stopped", "Wait" },
        { "bao", "Starting", "Wait" },
        { "ba", "Starting", "Wait" },
        { "baot", "Starting", "Abort" },
        { "bao", "Ready", "Wait" },
        { "baso", "Ready", "Advance" },
        { "bas", "Ready", "Advance" },
        { "baot", "Ready", "Abort" },
        { "bao", "Waiting", "Abort" },
        { "bao", "Failed", "Abort" },
    };

    [Theory]
    [MemberData(nameof(Table))]
    public void Next_View_Step(string seen, string state, string step)
    {
        var view = new RollView(
            HasBegun: seen.Contains('b'),
            WasStartedAgain: seen.Contains('a'),
            Enum.Parse<ProcessState>(state),
            IsServing: seen.Contains('s'),
            OthersServe: seen.Contains('o'),
            OthersFail: seen.Contains('f'),
            IsTimeUp: seen.Contains('t'));
        Assert.Equal(Enum.Parse<RollStep>(step), RollPolicy.Next(view));
    }
}
