using System.Runtime.InteropServices;
using Linux;
using Transport;

namespace BlobsServer.Tests.Transport;

/// <summary>Whose events reach whom, and when.</summary>
public sealed class EpollLoopTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>
    /// Two targets have an event in one wait. The first one's handler ends the second, whose descriptor is another's at once:
    /// the second event must not reach that one.
    /// </summary>
    [Fact]
    public void Run_EventOfAClosedDescriptor_DoesNotReachItsNextOwner()
    {
        var loop = new EpollLoop("test");
        using var held = new ManualResetEventSlim();
        using var isHeld = new ManualResetEventSlim();
        using var newcomerAsked = new ManualResetEventSlim();
        using var lastAsked = new ManualResetEventSlim();
        var (blocker, first, second, last) = (new Target(1), new Target(2), new Target(3), new Target(4));
        var newcomer = new Target(5, second.Descriptor) { Handler = newcomerAsked.Set };
        last.Handler = lastAsked.Set;
        blocker.Handler = () =>
        {
            isHeld.Set();
            held.Wait(Patience);
        };
        first.Handler = () =>
        {
            loop.Remove(second);
            TakeOver(second.Descriptor);
            Add(loop, newcomer);
        };
        foreach (var target in new[] { blocker, first, second, last }) Add(loop, target);

        blocker.Signal();
        Assert.True(isHeld.Wait(Patience));
        foreach (var target in new[] { first, second, last }) target.Signal();
        held.Set();
        Assert.True(lastAsked.Wait(Patience));
        Assert.False(newcomerAsked.IsSet);
        newcomer.Signal();
        Assert.True(newcomerAsked.Wait(Patience));
    }

    /// <summary>
    /// As a connection does that takes one turn after the other: none of them waits for an event, and who has one comes in between.
    /// </summary>
    [Fact]
    public void Post_ByWhatWasPosted_LetsEventsComeBetween()
    {
        var loop = new EpollLoop("test");
        using var isPosting = new ManualResetEventSlim();
        using var asked = new ManualResetEventSlim();
        var target = new Target(1) { Handler = asked.Set };
        Add(loop, target);
        var rounds = 0;
        loop.Post(new Work(() =>
        {
            if (++rounds == 100) isPosting.Set();
            return !asked.IsSet;
        }, loop));

        Assert.True(isPosting.Wait(Patience));
        target.Signal();
        Assert.True(asked.Wait(Patience));
    }

    private static void Add(EpollLoop loop, Target target) =>
        Assert.True(loop.TryAdd(target, Epoll.Readable | Epoll.EdgeTriggered));

    /// <summary>A new eventfd under an old number.</summary>
    private static void TakeOver(int descriptor) => Assert.Equal(descriptor, DuplicateTo(NewEvent(), descriptor));

    private static int NewEvent() => SocketCalls.EventCreate(0, SocketCalls.CloseOnExec | SocketCalls.NonBlocking);

    [DllImport("libc", EntryPoint = "dup2")]
    private static extern int DuplicateTo(int from, int to);

    private sealed class Target(uint number, int? descriptor = null) : IEventTarget
    {
        public int Descriptor { get; } = descriptor ?? NewEvent();

        public uint Number => number;

        public Action? Handler { get; set; }

        public void Signal() => _ = SocketCalls.EventSignal(Descriptor, 1, sizeof(ulong));

        public void OnEvent(uint events) => Handler?.Invoke();
    }

    /// <summary>Posts itself again for as long as it is told to.</summary>
    private sealed class Work(Func<bool> mayGoOn, EpollLoop loop) : IThreadPoolWorkItem
    {
        void IThreadPoolWorkItem.Execute()
        {
            if (mayGoOn()) loop.Post(this);
        }
    }
}
