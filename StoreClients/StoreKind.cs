namespace StoreClients;

/// <summary>Which store a URL leads to.</summary>
public enum StoreKind
{
    Redis,
    PostgreSql,
    Tarantool,
}
