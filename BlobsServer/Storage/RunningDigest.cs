using System.Buffers;
using System.Security.Cryptography;

namespace BlobsServer.Storage;

/// <summary>A digest that is computed while a body passes.</summary>
internal sealed class RunningDigest(ExpectedDigest expected) : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(expected.Algorithm);

    public string Header => expected.Header;

    public void Append(in ReadOnlySequence<byte> piece)
    {
        foreach (var segment in piece) _hash.AppendData(segment.Span);
    }

    /// <summary>To be asked once, at the end.</summary>
    public bool IsRight() => _hash.GetHashAndReset().AsSpan().SequenceEqual(expected.Value);

    public void Dispose() => _hash.Dispose();
}
