namespace RequestClient.Actions;

/// <summary>One request of an operation, and what its reply must be.</summary>
internal sealed record Step
{
    private static readonly IReadOnlyList<WantedReply> EmptyOk = [new WantedReply(200, WantedBody.Empty)];

    /// <summary>The name that its latency goes by.</summary>
    public required string Name { get; init; }

    public required string Method { get; init; }

    /// <summary>The path; its places are filled in.</summary>
    public required string Path { get; init; }

    /// <summary>Whether doing it twice is the same as once, going by the method (RFC 9110 section 9.2.2).</summary>
    public bool IsIdempotent => Method is "GET" or "HEAD" or "PUT" or "DELETE" or "OPTIONS" or "TRACE";

    /// <summary>Whether the blob of the operation's id is the request's body.</summary>
    public bool SendsBlob { get; init; }

    /// <summary>A body that is a text, with its media type; its places are filled in. Null when there is none.</summary>
    public (string Text, string MediaType)? SendsText { get; init; }

    /// <summary>Header lines of its own; their places are filled in.</summary>
    public IReadOnlyList<string> Headers { get; init; } = [];

    /// <summary>What its texts may hold beside {id} and {user}.</summary>
    public Places Places { get; init; } = Places.None;

    /// <summary>What is kept of its reply, when that is the first of those wanted.</summary>
    public IReadOnlyList<Keep> Keeps { get; init; } = [];

    /// <summary>What a right reply is: one of these, the first of which is what the operation is for.</summary>
    public IReadOnlyList<WantedReply> Wanted { get; init; } = EmptyOk;

    /// <summary>Says what is wrong with the rehearsal's reply body, or null; only for <see cref="WantedBody.Same"/>.</summary>
    public Func<byte[], string?> Accepts { get; init; } = _ => null;

    public bool Wants(WantedBody body) => Wanted.Any(reply => reply.Body == body);
}
