using System.Text;
using Stickers.Signing;

namespace Stickers.Tests.Signing;

public sealed class SealTests
{
    private static readonly byte[] Content = [.. Enumerable.Range(1, 16).Select(value => (byte)value)];

    [Fact]
    public void TryRead_AsWritten_GivesTheContent()
    {
        var (isOurs, content) = Read(new byte[32], "vote", Written());
        Assert.True(isOurs);
        Assert.Equal(Content, content);
    }

    [Fact]
    public void TryRead_AnyOtherLetterAnywhere_IsNotOurs()
    {
        const string letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_=+/ \u00e9";
        var written = Written();
        for (var at = 0; at < written.Length; at++)
        {
            foreach (var letter in letters.Where(letter => letter != written[at]))
            {
                Assert.False(
                    Read(new byte[32], "vote", written[..at] + letter + written[(at + 1)..]).IsOurs, $"{letter} at {at}");
            }
        }
    }

    [Fact]
    public void TryRead_OtherKeyPurposeOrLength_IsNotOurs()
    {
        var written = Written();
        Assert.False(Read([1, .. new byte[31]], "vote", written).IsOurs);
        Assert.False(Read(new byte[32], "session", written).IsOurs);
        for (var length = 0; length < written.Length; length++)
            Assert.False(Read(new byte[32], "vote", written[..length]).IsOurs);
        Assert.False(Read(new byte[32], "vote", written + "=").IsOurs);
    }

    private static string Written()
    {
        var letters = new byte[Seal.Letters];
        new Seal(new byte[32]).Write("vote"u8, Content, letters);
        return Encoding.ASCII.GetString(letters);
    }

    private static (bool IsOurs, byte[] Content) Read(byte[] key, string purpose, string letters)
    {
        var content = new byte[16];
        return (new Seal(key).TryRead(Encoding.ASCII.GetBytes(purpose), Encoding.UTF8.GetBytes(letters), content), content);
    }
}
