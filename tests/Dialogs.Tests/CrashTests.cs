using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using Blobs.TestSupport;

namespace Dialogs.Tests;

/// <summary>
/// The store is killed under load: every message that was answered 201 is there, and a repeat of a lost answer makes one.
/// </summary>
public sealed class CrashTests
{
    private const int Tasks = 16;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Theory]
    [Trait("Category", "Soak")]
    [InlineData("tarantool")]
    [InlineData("postgresql")]
    public async Task StoreIsKilledUnderLoad_EveryMessageThatWasAnsweredIsThereOnce(string name)
    {
        var kills = SoakSize.Of(normal: 1, soak: 20);
        await using var store = await RunningStore.StartAsync(name, durability: "always");
        await using var processes = await RunningServices.StartAsync(2, "Dialogs", store.Url, Keys.Option);
        var (answered, isOver) = (new ConcurrentDictionary<Guid, string>(), false);
        var users = Enumerable.Range(0, Tasks).Select(_ => (User: new Client(), Peer: Guid.NewGuid())).ToArray();
        var sending = users.Select((pair, task) => Task.Run(async () =>
        {
            for (var index = 0; !Volatile.Read(ref isOver); index++)
            {
                // Until it is answered: only then it is known to be there.
                while (true)
                {
                    var (status, body) = await pair.User.SendAsync(processes[task], pair.Peer, $"{index}", $"{index}");
                    if (status == HttpStatusCode.Created)
                    {
                        Assert.True(
                            answered.TryAdd(
                                JsonDocument.Parse(body).RootElement.GetProperty("id")
                                    .GetGuid(), $"{task} {index}"), "an id twice");
                        break;
                    }

                    Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
                    await Task.Delay(10);
                }
            }
        })).ToArray();
        for (var kill = 0; kill < kills; kill++)
        {
            await SeeMoreAsync();
            await store.KillServerAsync();
            await store.StartAgainAsync();
        }

        await SeeMoreAsync();
        Volatile.Write(ref isOver, true);
        await Task.WhenAll(sending).WaitAsync(Patience);
        var listed = new List<(Guid Id, string Text)>();
        for (var task = 0; task < Tasks; task++)
        {
            var messages = await users[task].User.ListAllAsync(processes[0], users[task].Peer);
            listed.AddRange(messages.Select(message => (message.Id, $"{task} {message.Text}")));
        }

        Assert.Equal(answered.Select(one => (one.Key, one.Value)).Order(), listed.Order());
        SoakSize.Report($"{name}: {kills} kills, {listed.Count} messages each once");

        Task SeeMoreAsync()
        {
            var before = answered.Count;
            return Eventually.HoldsAsync(
                () => answered.Count > before + 200 || sending.Any(task => task.IsFaulted), () => "no more is sent", Patience);
        }
    }
}
