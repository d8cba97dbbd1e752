namespace RequestClient.Load.Judging;

/// <summary>Why an operation failed: a kind to count by, and what happened this time, for people.</summary>
internal sealed record Failure(string Kind, string Detail)
{
    /// <summary>Nobody listens.</summary>
    public const string Refused = "refused";

    /// <summary>No connection could be made for another reason.</summary>
    public const string Connect = "connect";

    /// <summary>The peer broke the connection off.</summary>
    public const string Reset = "reset";

    /// <summary>The peer closed the connection instead of answering.</summary>
    public const string Closed = "closed";

    /// <summary>The peer closed the connection in the middle of a reply.</summary>
    public const string Truncated = "truncated";

    /// <summary>No whole reply within --timeout.</summary>
    public const string TimedOut = "timeout";

    /// <summary>In an open loop: no connection was free within --timeout of the moment when it was due.</summary>
    public const string Overdue = "overdue";

    /// <summary>No HTTP.</summary>
    public const string Framing = "framing";

    /// <summary>A whole reply, shorter or longer than the right one.</summary>
    public const string Length = "length";

    /// <summary>A reply of the right length with bytes that belong to no blob, or differ from the rehearsal's.</summary>
    public const string Bytes = "bytes";

    /// <summary>A reply that is another blob, whole.</summary>
    public const string Swapped = "swapped";

    /// <summary>A reply that is the blob which the same connection asked for before.</summary>
    public const string Stale = "stale";

    /// <summary>A value that another reply of the run had too, where each may come once.</summary>
    public const string Twice = "twice";

    /// <summary>A right reply that lacks what a following request needs of it.</summary>
    public const string Kept = "keep";

    public static string Status(int status) => $"status-{status}";
}
