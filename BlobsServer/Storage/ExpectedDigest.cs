using System.Security.Cryptography;

namespace BlobsServer.Storage;

/// <summary>A digest that a body is said to have.</summary>
/// <param name="Header">Where the client said so.</param>
/// <param name="Algorithm">How it is computed.</param>
/// <param name="Value">What it should be.</param>
internal sealed record ExpectedDigest(string Header, HashAlgorithmName Algorithm, byte[] Value);
