namespace RequestClient.Http;

/// <summary>Where the body of a reply goes, piece by piece as it was received.</summary>
internal interface IBodyReader
{
    /// <summary>The head's lines, from the status line on, before the body begins; valid during the call.</summary>
    void TakeHead(ReadOnlySpan<byte> lines)
    {
    }

    /// <summary>A head was read; the length is null when the head does not say it.</summary>
    void Begin(int status, long? length);

    /// <summary>The next bytes, at least one; valid during the call.</summary>
    void Take(ReadOnlySpan<byte> bytes);
}
