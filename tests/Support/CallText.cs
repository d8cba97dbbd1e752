using System.Text;

namespace Blobs.TestSupport;

/// <summary>What one call has written so far; its threads may write at once.</summary>
internal sealed class CallText
{
    private readonly StringBuilder _text = new();

    public void Append(ReadOnlySpan<char> text)
    {
        lock (_text) _text.Append(text);
    }

    public override string ToString()
    {
        lock (_text) return _text.ToString();
    }
}
