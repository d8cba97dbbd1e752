using System.Text;

namespace Blobs.TestSupport;

/// <summary>
/// The console of a process in which programs are called: what a call writes is the call's, all else goes where it always went.
/// </summary>
internal sealed class CallWriter(TextWriter usual, AsyncLocal<CallText?> call) : TextWriter
{
    public override Encoding Encoding => usual.Encoding;

    public override void Write(char value) => Write([value]);

    public override void Write(char[] buffer, int index, int count) => Write(buffer.AsSpan(index, count));

    public override void Write(string? value) => Write(value.AsSpan());

    public override void Write(ReadOnlySpan<char> buffer)
    {
        if (call.Value is { } text) text.Append(buffer);
        else usual.Write(buffer);
    }

    public override void WriteLine(string? value) => Write($"{value}{CoreNewLine.AsSpan()}");

    public override void Flush() => usual.Flush();
}
