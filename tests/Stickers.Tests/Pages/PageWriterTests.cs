using System.Buffers;
using System.Text;
using Stickers.Writing;

namespace Stickers.Tests.Pages;

public sealed class PageWriterTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("Moki", "Moki")]
    [InlineData("<b>\"&'</b>", "&lt;b&gt;&quot;&amp;&#39;&lt;/b&gt;")]
    [InlineData("&lt;", "&amp;lt;")]
    [InlineData("a\0b\u001bc\u007fd\u0085e", "a\ufffdb\ufffdc\ufffdd\ufffde")]
    [InlineData("\U0001f98a \u00e9\u4e2d", "\U0001f98a \u00e9\u4e2d")]
    public void Text_WhateverItIs_IsText(string text, string html)
    {
        var page = new ArrayBufferWriter<byte>();
        new PageWriter(page).Text(text);
        Assert.Equal(html, Encoding.UTF8.GetString(page.WrittenSpan));
    }

    [Fact]
    public void Text_HalfALetter_IsStillUtf8()
    {
        var page = new ArrayBufferWriter<byte>();
        new PageWriter(page).Text("a\ud83e<");
        Assert.Equal("a\ufffd&lt;", new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(page.WrittenSpan));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-7)]
    [InlineData(long.MinValue)]
    public void Number_IsWrittenWhole(long number)
    {
        var page = new ArrayBufferWriter<byte>();
        new PageWriter(page).Number(number);
        Assert.Equal($"{number}", Encoding.UTF8.GetString(page.WrittenSpan));
    }
}
