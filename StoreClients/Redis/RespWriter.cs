using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace StoreClients.Redis;

/// <summary>Writes commands as RESP2 has them: an array of bulk strings.</summary>
internal static class RespWriter
{
    // 64 bits in decimal, with a sign.
    private const int MostDigits = 20;

    public static void Write(ArrayBufferWriter<byte> output, string command, params ReadOnlySpan<StoreValue> arguments)
    {
        WriteHead(output, (byte)'*', arguments.Length + 1);
        WriteBulk(output, Encoding.UTF8.GetBytes(command));
        foreach (var argument in arguments) WriteArgument(output, argument);
    }

    private static void WriteArgument(ArrayBufferWriter<byte> output, in StoreValue argument)
    {
        switch (argument.Kind)
        {
            case StoreValueKind.Text:
                WriteBulk(output, Encoding.UTF8.GetBytes((string)argument.Content!));
                return;
            case StoreValueKind.Bytes:
                WriteBulk(output, (byte[])argument.Content!);
                return;
            case StoreValueKind.Number:
                Span<byte> digits = stackalloc byte[MostDigits];
                Utf8Formatter.TryFormat(argument.Bits, digits, out var count);
                WriteBulk(output, digits[..count]);
                return;
            default:
                throw new ArgumentException($"Redis takes text, numbers and bytes, and no {argument.Kind}", nameof(argument));
        }
    }

    private static void WriteBulk(ArrayBufferWriter<byte> output, ReadOnlySpan<byte> bytes)
    {
        WriteHead(output, (byte)'$', bytes.Length);
        output.Write(bytes);
        output.Write("\r\n"u8);
    }

    private static void WriteHead(ArrayBufferWriter<byte> output, byte type, int number)
    {
        var head = output.GetSpan(MostDigits + 3);
        head[0] = type;
        Utf8Formatter.TryFormat(number, head[1..], out var digits);
        "\r\n"u8.CopyTo(head[(1 + digits)..]);
        output.Advance(digits + 3);
    }
}
