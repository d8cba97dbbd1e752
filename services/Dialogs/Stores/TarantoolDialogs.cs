using Dialogs.Messages;
using ServiceDefaults;
using StoreClients;
using StoreClients.Tarantool;

namespace Dialogs.Stores;

/// <summary>
/// One connection for all requests of the process, one call of a function a request; each reply is known by its number.
/// </summary>
internal sealed class TarantoolDialogs(StoreUrl url, TimeSpan timeout) : IDialogStore
{
    private const int Fields = 7;

    private readonly TarantoolClient _tarantool =
        new(url, new TarantoolSchema(Schema.Read(typeof(TarantoolDialogs), "Dialogs.lua")), timeout);

    /// <summary>Every connection brings the schema along; the first one is made here.</summary>
    public Task PrepareAsync(CancellationToken cancellation) => PingAsync(cancellation);

    public Task PingAsync(CancellationToken cancellation) => _tarantool.PingAsync(cancellation);

    public async Task<Receipt> SendAsync(Draft draft, CancellationToken cancellation)
    {
        var dialog = draft.Dialog;
        var reply = await _tarantool.CallAsync(
            "dialogs_send", cancellation, dialog.First, dialog.Second, draft.Id, draft.From, draft.MessageId, draft.Text);
        var results = reply.ReadResults(leastResults: 4);
        dialog = Dialog.Of(results.ReadGuid(), results.ReadGuid());
        return new Receipt(dialog, new Place(results.ReadInt64(), results.ReadGuid()));
    }

    public async Task<IReadOnlyList<Message>> ListAsync(Dialog dialog, int most, Place? before, CancellationToken cancellation)
    {
        var (createdUs, id) = before is { } place ? (place.CreatedUs, place.Id) : (StoreValue.Null, StoreValue.Null);
        var reply = await _tarantool.CallAsync("dialogs_list", cancellation, dialog.First, dialog.Second, most, createdUs, id);
        return Read(dialog, reply);
    }

    public async Task<long> CountAsync(CancellationToken cancellation) =>
        (await _tarantool.CallAsync("dialogs_count", cancellation)).ReadResults().ReadInt64();

    public Task ResetAsync(CancellationToken cancellation) => _tarantool.CallAsync("dialogs_reset", cancellation);

    public ValueTask DisposeAsync()
    {
        _tarantool.Dispose();
        return ValueTask.CompletedTask;
    }

    private static Message[] Read(Dialog dialog, TarantoolReply reply)
    {
        var tuples = reply.ReadResults();
        var messages = new Message[tuples.ReadArrayHead()];
        for (var index = 0; index < messages.Length; index++)
        {
            if (tuples.ReadArrayHead() != Fields) throw new MalformedReplyException($"a message has {Fields} fields");
            tuples.Skip(); // the dialog's users, who are known
            tuples.Skip();
            var place = new Place(tuples.ReadInt64(), tuples.ReadGuid());
            var from = tuples.ReadGuid();
            tuples.Skip(); // the sender's own id
            messages[index] = new Message(from, dialog.Other(from), tuples.ReadUtf8().ToArray(), place);
        }

        return messages;
    }
}
