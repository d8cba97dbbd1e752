namespace BlobsServer.Endpoints;

/// <summary>What comes next in a JSON array.</summary>
internal enum JsonNext
{
    /// <summary>An element of the kind that was asked for.</summary>
    Element,

    /// <summary>Nothing: the array ended, and the text with it.</summary>
    End,

    /// <summary>Something else, or no JSON.</summary>
    Invalid,
}
