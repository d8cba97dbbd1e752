namespace Transport;

/// <summary>One that was silent when it was looked at; those to be closed first come first.</summary>
/// <param name="Connection">It may do something at any moment.</param>
/// <param name="Since">By the monotonic clock.</param>
/// <param name="Standing">What is known of it.</param>
internal sealed record SilentConnection(EpollConnection Connection, long Since, Standing Standing) : IComparable<SilentConnection>
{
    public int CompareTo(SilentConnection? other)
    {
        if (other is null) return 1;
        return Standing == other.Standing ? Since.CompareTo(other.Since) : ((int)Standing).CompareTo((int)other.Standing);
    }
}
