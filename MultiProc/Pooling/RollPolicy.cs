using MultiProc.Keeping;

namespace MultiProc.Pooling;

/// <summary>What a rolling restart does next with the worker whose turn it is.</summary>
internal enum RollStep
{
    Wait,

    /// <summary>Take it out: it drains, stops and is started again.</summary>
    Replace,

    /// <summary>It is back; the next one's turn.</summary>
    Advance,

    /// <summary>Leave the rest as they are.</summary>
    Abort,
}

/// <summary>What a rolling restart sees.</summary>
/// <param name="HasBegun">Whether the worker was told to go.</param>
/// <param name="WasStartedAgain">Whether it was started since.</param>
/// <param name="State">How it is now.</param>
/// <param name="IsServing">Whether it gets requests.</param>
/// <param name="OthersServe">Whether another worker gets requests meanwhile.</param>
/// <param name="OthersFail">Whether the one that was to stand in did not start.</param>
/// <param name="IsTimeUp">Whether this has lasted too long.</param>
internal sealed record RollView(
    bool HasBegun, bool WasStartedAgain, ProcessState State, bool IsServing, bool OthersServe, bool OthersFail, bool IsTimeUp);

/// <summary>One worker at a time, only while another one is up, and no further when the new one fails.</summary>
internal static class RollPolicy
{
    public static RollStep Next(RollView view)
    {
        if (!view.HasBegun)
        {
            return view.OthersServe ? RollStep.Replace
                : view.OthersFail || view.IsTimeUp ? RollStep.Abort
                : RollStep.Wait;
        }

        // Draining and stopping have deadlines of their own, after which it is killed.
        if (!view.WasStartedAgain) return RollStep.Wait;
        if (view.State == ProcessState.Ready && view.IsServing) return RollStep.Advance;
        return view.State is ProcessState.Waiting or ProcessState.Failed || view.IsTimeUp ? RollStep.Abort : RollStep.Wait;
    }
}
