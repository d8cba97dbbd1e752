namespace RequestClient.Actions;

/// <summary>One request of an operation, and what its reply must be.</summary>
internal sealed record Step
{
    /// <summary>The name that its latency goes by.</summary>
    public required string Name { get; init; }

    public required string Method { get; init; }

    /// <summary>The path; {user} and {id} are replaced.</summary>
    public required string Path { get; init; }

    /// <summary>Whether doing it twice is the same as once, going by the method (RFC 9110 section 9.2.2).</summary>
    public bool IsIdempotent => Method is "GET" or "HEAD" or "PUT" or "DELETE" or "OPTIONS" or "TRACE";

    /// <summary>Whether the blob of the operation's id is the request's body.</summary>
    public bool SendsBlob { get; init; }

    /// <summary>A body that is always the same, with its media type; null when there is none.</summary>
    public (string Text, string MediaType)? SendsText { get; init; }

    public int WantedStatus { get; init; } = 200;

    public WantedBody WantedBody { get; init; } = WantedBody.Empty;

    /// <summary>Says what is wrong with the rehearsal's reply body, or null; only for <see cref="WantedBody.Same"/>.</summary>
    public Func<byte[], string?> Accepts { get; init; } = _ => null;
}
