namespace BlobsServer.Storage;

/// <summary>Which ids of a user's namespace are wanted, and in which order.</summary>
internal sealed record ListQuery
{
    public required string User { get; init; }

    public required string Namespace { get; init; }

    public ListOrder Order { get; init; }

    /// <summary>Deleted blobs instead of blobs: those with a tombstone whose name is free.</summary>
    public bool Deleted { get; init; }

    /// <summary>Only blobs that carry this flag; null for all.</summary>
    public string? Flag { get; init; }

    /// <summary>At most so many; null for all.</summary>
    public int? Limit { get; init; }

    /// <summary>Only ids greater than this one, in ordinal order; empty for all.</summary>
    public string After { get; init; } = "";
}

internal enum ListOrder
{
    /// <summary>Ordinal, which is also the order of pages.</summary>
    ById,

    /// <summary>Oldest first.</summary>
    ByDate,

    /// <summary>Newest first.</summary>
    ByDateDescending,
}
