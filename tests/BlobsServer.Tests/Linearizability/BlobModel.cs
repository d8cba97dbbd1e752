namespace BlobsServer.Tests.Linearizability;

/// <summary>What one id should be: absent, or a body with flags. Sequential; the truth that histories are held against.</summary>
/// <param name="Body">The blob's number; null when there is none.</param>
/// <param name="Flag">Its flag; null when none was set.</param>
internal readonly record struct BlobModel(string? Body, string? Flag)
{
    /// <summary>The state after an operation; null when the operation cannot have gone as it did.</summary>
    public BlobModel? Apply(Operation operation) => operation.Kind switch
    {
        OperationKind.Put when operation.Succeeded => Body is null ? new BlobModel(operation.Value, null) : null,
        OperationKind.Put => Body is null ? null : this,
        OperationKind.Get => Body == operation.Value ? this : null,
        OperationKind.Delete when operation.Succeeded => Body is null ? null : default(BlobModel),
        OperationKind.Delete => Body is null ? this : null,
        OperationKind.SetFlag when operation.Succeeded => Body is null ? null : this with { Flag = operation.Value },
        OperationKind.SetFlag => Body is null ? this : null,
        OperationKind.GetFlag when operation.Succeeded => Body is not null && Flag == operation.Value ? this : null,
        OperationKind.GetFlag => Body is null ? this : null,
        _ => throw new ArgumentOutOfRangeException(nameof(operation), operation.Kind, "is no operation"),
    };
}
