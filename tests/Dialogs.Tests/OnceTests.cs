using System.Net;
using System.Text.Json;
using Blobs.TestSupport;

namespace Dialogs.Tests;

/// <summary>
/// The promise: a message id makes exactly one message, whoever asks again, and every reply is its own request's.
/// </summary>
public sealed class OnceTests(RunningStores stores)
{
    [Theory]
    [InlineData("tarantool")]
    [InlineData("postgresql")]
    public async Task OneMessageId_AHundredTimesOverEightProcesses_OneMessageAndEqualAnswers(string name)
    {
        var processes = await stores.ServicesAsync(8, "Dialogs", name, Keys.Option);
        var (sender, to) = (new Client(), Guid.NewGuid());
        for (var round = 0; round < 5; round++)
        {
            var messageId = $"{round}";
            var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(
                index => Task.Run(() => sender.SendAsync(processes[index], to, $"text {round}", messageId))));
            Assert.All(answers, answer => Assert.Equal(HttpStatusCode.Created, answer.Status));
            Assert.Single(answers.Select(answer => answer.Body).Distinct());
            var (listed, answered) =
                ((await sender.ListAsync(processes[round], to)).Messages, JsonDocument.Parse(answers[0].Body).RootElement);
            Assert.Equal(round + 1, listed.Count);
            Assert.Equal((answered.GetProperty("id").GetGuid(), $"text {round}"), (listed[0].Id, listed[0].Text));
        }
    }

    [Theory]
    [InlineData("tarantool")]
    [InlineData("postgresql")]
    public async Task MessageId_IsItsSendersOwn_AndWithoutOneEachSendIsAMessage(string name)
    {
        var processes = await stores.ServicesAsync(1, "Dialogs", name, Keys.Option);
        var (one, other) = (new Client(), new Client());
        var first = await one.SendAsync(processes[0], other.User, "one", "same");
        var second = await other.SendAsync(processes[0], one.User, "other", "same");
        Assert.NotEqual(first.Body, second.Body);
        await one.SendAsync(processes[0], other.User, "again");
        await one.SendAsync(processes[0], other.User, "again");
        // A repeat is known by its id, wherever it is sent.
        Assert.Equal(first.Body, (await one.SendAsync(processes[0], Guid.NewGuid(), "changed", "same")).Body);
        Assert.Equal(
            [
                "again", "again", "other", "one"
            ], (await other.ListAsync(processes[0], one.User)).Messages.Select(message => message.Text));
    }

    [Theory]
    [InlineData("tarantool")]
    [InlineData("postgresql")]
    public async Task TwoHundredAtOnce_EachReplyIsItsOwnRequests(string name)
    {
        var processes = await stores.ServicesAsync(2, "Dialogs", name, Keys.Option);
        await Task.WhenAll(Enumerable.Range(0, 200).Select(index => Task.Run(async () =>
        {
            var (user, peer) = (new Client(), Guid.NewGuid());
            for (var round = 0; round < 10; round++)
            {
                var text = $"{user.User} {round}";
                var (status, body) = await user.SendAsync(processes[index], peer, text);
                Assert.Equal(HttpStatusCode.Created, status);
                Assert.Contains($"{user.User}", body, StringComparison.Ordinal);
                var listed = (await user.ListAsync(processes[index + 1], peer)).Messages;
                Assert.Equal((round + 1, text), (listed.Count, listed[0].Text));
                Assert.All(listed, message => Assert.Equal((user.User, peer), (message.From, message.To)));
            }
        })));
    }
}
