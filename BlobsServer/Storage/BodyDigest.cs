using System.Buffers;
using System.Security.Cryptography;

namespace BlobsServer.Storage;

/// <summary>A digest that a body is said to have, computed while the body is written.</summary>
/// <param name="header">Where the client said so.</param>
/// <param name="algorithm">How it is computed.</param>
/// <param name="expected">What it should be.</param>
internal sealed class BodyDigest(string header, HashAlgorithmName algorithm, byte[] expected) : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(algorithm);

    public string Header => header;

    public void Append(in ReadOnlySequence<byte> piece)
    {
        foreach (var segment in piece) _hash.AppendData(segment.Span);
    }

    /// <summary>To be asked once, at the end.</summary>
    public bool IsRight() => _hash.GetHashAndReset().AsSpan().SequenceEqual(expected);

    public void Dispose() => _hash.Dispose();
}
