namespace StoreClients.Redis;

/// <summary>The five types of RESP2 (redis.io/docs/reference/protocol-spec), and the null that two of them have.</summary>
public enum RedisReplyKind
{
    Null,
    Status,
    Error,
    Number,
    Bulk,
    Array,
}
