namespace StoreClients.Tarantool;

/// <summary>What a call gave: the array of the function's results, in MessagePack.</summary>
public readonly struct TarantoolReply
{
    private readonly ReadOnlyMemory<byte> _data;

    internal TarantoolReply(ReadOnlyMemory<byte> data) => (_data, ErrorNumber, ErrorMessage) = (data, 0, null);

    internal TarantoolReply(int errorNumber, string errorMessage) =>
        (_data, ErrorNumber, ErrorMessage) = (default, errorNumber, errorMessage);

    internal int ErrorNumber { get; }

    /// <summary>Null when this is no error.</summary>
    internal string? ErrorMessage { get; }

    /// <summary>A reader before the array of results: begin with <see cref="MessagePackReader.ReadArrayHead"/>.</summary>
    public MessagePackReader Read() => new(_data.Span);

    /// <summary>A reader before the first result.</summary>
    /// <exception cref="MalformedReplyException">There are fewer than <paramref name="leastResults"/>.</exception>
    public MessagePackReader ReadResults(int leastResults = 1)
    {
        var reader = Read();
        var results = reader.ReadArrayHead();
        return results >= leastResults ? reader : throw new MalformedReplyException($"{results} results and not {leastResults}");
    }
}
