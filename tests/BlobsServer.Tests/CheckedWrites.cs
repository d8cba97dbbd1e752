using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace BlobsServer.Tests;

/// <summary>
/// Blobs that are stored while servers are killed: which of them were answered 200, and whether those are there.
/// </summary>
/// <param name="mostKiB">They have 0 to so many KiB.</param>
internal sealed class CheckedWrites(int mostKiB)
{
    // Six writers that ask a store that is away without a pause keep both cores busy with refusals.
    private static readonly TimeSpan PauseWhileAway = TimeSpan.FromMilliseconds(100);

    private readonly ConcurrentDictionary<string, bool> _acknowledged = new();

    /// <summary>How many were answered 200.</summary>
    public int Count => _acknowledged.Count;

    /// <summary>
    /// One after the other, until it is stopped or the server is gone. Another answer than 200 says that the store is away.
    /// </summary>
    public async Task WriteAsync(RunningServer server, string prefix, CancellationToken stop)
    {
        for (var number = 0; !stop.IsCancellationRequested; number++)
        {
            var id = $"{prefix}{number}";
            try
            {
                using var answer = await server.PutAsync($"/blobs/alice/{id}", Body(id));
                if (answer.StatusCode == HttpStatusCode.OK)
                {
                    _acknowledged[id] = true;
                    continue;
                }

                Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
                await Task.Delay(PauseWhileAway, CancellationToken.None);
            }
            catch (HttpRequestException)
            {
                return; // killed
            }
        }
    }

    /// <summary>Each that was answered 200 is listed, and each that is listed is whole; returns how many are.</summary>
    public async Task<int> AssertWholeAsync(RunningServer survivor)
    {
        var listed = JsonSerializer.Deserialize<string[]>(await survivor.Http.GetStringAsync("/blobs/alice"))!;
        Assert.Empty(_acknowledged.Keys.Except(listed));
        foreach (var id in listed) Assert.Equal(Body(id), await survivor.Http.GetByteArrayAsync($"/blobs/alice/{id}"));
        return listed.Length;
    }

    /// <summary>It follows from the id, so that a part of it is told from the whole.</summary>
    public byte[] Body(string id)
    {
        var seed = SHA256.HashData(Encoding.ASCII.GetBytes(id));
        var body = new byte[BitConverter.ToUInt16(seed) * mostKiB / 64];
        for (var index = 0; index < body.Length; index++) body[index] = (byte)(seed[index % seed.Length] + (index / seed.Length));
        return body;
    }
}
