using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace Stickers.Writing;

/// <summary>Writes HTML and SVG by hand. What is not ours goes through <see cref="Text"/> and stays text.</summary>
internal readonly struct PageWriter(ArrayBufferWriter<byte> output)
{
    private const int MostDigits = 20;

    // What ends a text or an attribute's value in HTML (WHATWG HTML 13.2.5), and control characters, which HTML can't hold.
    private static readonly SearchValues<char> Special = SearchValues.Create(
        [
            .. "&<>\"'", .. Enumerable.Range(0, 0x20).Select(code => (char)code), .. Enumerable.Range(0x7f, 0x21)
                .Select(code => (char)code)
        ]);

    /// <summary>Ours: written as it is.</summary>
    public PageWriter Raw(ReadOnlySpan<byte> html)
    {
        output.Write(html);
        return this;
    }

    public PageWriter Number(long value)
    {
        Utf8Formatter.TryFormat(value, output.GetSpan(MostDigits), out var written);
        output.Advance(written);
        return this;
    }

    /// <summary>Anybody's: in an element or between quotes it means itself, whatever it is.</summary>
    public PageWriter Text(ReadOnlySpan<char> text)
    {
        while (true)
        {
            var special = text.IndexOfAny(Special);
            if (special < 0) break;
            Encoding.UTF8.GetBytes(text[..special], output);
            output.Write(Escaped(text[special]));
            text = text[(special + 1)..];
        }

        Encoding.UTF8.GetBytes(text, output);
        return this;
    }

    private static ReadOnlySpan<byte> Escaped(char special) => special switch
    {
        '&' => "&amp;"u8,
        '<' => "&lt;"u8,
        '>' => "&gt;"u8,
        '"' => "&quot;"u8,
        '\'' => "&#39;"u8,
        _ => "\ufffd"u8,
    };
}
