namespace RequestClient.Actions;

/// <summary>
/// What is kept of a right reply for the following requests of its operation: a field of its head, or a piece of its body.
/// </summary>
internal sealed record Keep
{
    /// <summary>Which of the action's kept values it is, from 0.</summary>
    public required int Index { get; init; }

    public required string Name { get; init; }

    /// <summary>The field's name; null when it is a piece of the body.</summary>
    public string? Header { get; init; }

    /// <summary>What stands right before the piece of the body; empty: it begins with the body.</summary>
    public byte[] Before { get; init; } = [];

    /// <summary>What stands right behind it; empty: it ends with the body.</summary>
    public byte[] After { get; init; } = [];
}
