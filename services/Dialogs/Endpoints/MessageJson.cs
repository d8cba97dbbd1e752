using System.Text.Json;
using Dialogs.Messages;

namespace Dialogs.Endpoints;

/// <summary>Messages and receipts as JSON.</summary>
internal static class MessageJson
{
    public static void Write(Utf8JsonWriter json, Receipt receipt)
    {
        json.WriteStartObject();
        json.WriteString("id"u8, receipt.Place.Id);
        json.WriteString("dialog_id"u8, receipt.Dialog.ToString());
        json.WriteString("created_at"u8, receipt.Place.CreatedAt);
        json.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter json, IReadOnlyList<Message> messages)
    {
        json.WriteStartArray();
        foreach (var message in messages)
        {
            json.WriteStartObject();
            json.WriteString("id"u8, message.Place.Id);
            json.WriteString("from"u8, message.From);
            json.WriteString("to"u8, message.To);
            json.WriteString("text"u8, message.Text);
            json.WriteString("created_at"u8, message.Place.CreatedAt);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
