namespace StoreClients;

/// <summary>The store answered that it will not do this. The connection is as good as before.</summary>
/// <param name="code">Redis: the first word, such as WRONGTYPE. Tarantool: the number (src/box/errcode.h), such as 3.</param>
/// <param name="message">What the store said.</param>
public sealed class StoreErrorException(string code, string message) : Exception(message)
{
    public string Code { get; } = code;
}
