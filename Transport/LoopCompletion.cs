namespace Transport;

/// <summary>
/// What somebody waits for who may have asked from a loop: he goes on on that loop, so that the work after a reply is spread as
/// the connections are; at once, when the reply comes there. Who asked from elsewhere goes on where it comes. Nobody may block.
/// </summary>
internal class LoopCompletion<T> : TaskCompletionSource<T>, IThreadPoolWorkItem
{
    private readonly EpollLoop? _loop = EpollLoop.Current;
    private T? _answer;

    public void Answer(T answer)
    {
        if (_loop is null || _loop == EpollLoop.Current)
        {
            TrySetResult(answer);
            return;
        }

        _answer = answer;
        _loop.Post(this);
    }

    void IThreadPoolWorkItem.Execute() => TrySetResult(_answer!);
}
