using Transport;

namespace BlobsServer.Tests.Transport;

/// <summary>On whose thread somebody goes on who waited for a store.</summary>
public sealed class LoopCompletionTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Answer_FromElsewhere_GoesOnOnTheLoopThatAsked()
    {
        var asking = new Asking();
        new EpollLoop("epoll asking").Post(asking);
        (await asking.Asked.WaitAsync(Patience)).Answer("reply");

        Assert.Equal("reply on epoll asking", await asking.WentOn.WaitAsync(Patience));
    }

    [Fact]
    public async Task Answer_FromTheLoopThatAsked_GoesOnInsideTheCall()
    {
        var loop = new EpollLoop("epoll asking");
        var asking = new Asking();
        loop.Post(asking);
        var answering = new Answering(await asking.Asked.WaitAsync(Patience), asking.WentOn);
        loop.Post(answering);

        Assert.True(await answering.WentOnInside.WaitAsync(Patience));
    }

    [Fact]
    public async Task Answer_AskedFromNoLoop_GoesOnInsideTheCall()
    {
        var asking = new Asking();
        ((IThreadPoolWorkItem)asking).Execute();
        (await asking.Asked).Answer("reply");

        Assert.True(asking.WentOn.IsCompletedSuccessfully);
    }

    /// <summary>A sleeping loop is woken for each piece of work, however close they come to its falling asleep.</summary>
    [Fact]
    public async Task Post_AgainAndAgain_IsAlwaysDone()
    {
        var loop = new EpollLoop("epoll");
        for (var round = 0; round < 20_000; round++)
        {
            var asking = new Asking();
            loop.Post(asking);
            await asking.Asked.WaitAsync(Patience);
        }
    }

    private sealed class Asking : IThreadPoolWorkItem
    {
        private readonly TaskCompletionSource<LoopCompletion<string>> _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource<string> _wentOn = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<LoopCompletion<string>> Asked => _asked.Task;

        public Task<string> WentOn => _wentOn.Task;

        void IThreadPoolWorkItem.Execute()
        {
            var reply = new LoopCompletion<string>();
            _ = GoOnAsync(reply.Task);
            _asked.SetResult(reply);
        }

        private async Task GoOnAsync(Task<string> reply) =>
            _wentOn.SetResult($"{await reply.ConfigureAwait(false)} on {Thread.CurrentThread.Name}");
    }

    private sealed class Answering(LoopCompletion<string> reply, Task wentOn) : IThreadPoolWorkItem
    {
        private readonly TaskCompletionSource<bool> _wentOnInside = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<bool> WentOnInside => _wentOnInside.Task;

        void IThreadPoolWorkItem.Execute()
        {
            reply.Answer("reply");
            _wentOnInside.SetResult(wentOn.IsCompletedSuccessfully);
        }
    }
}
