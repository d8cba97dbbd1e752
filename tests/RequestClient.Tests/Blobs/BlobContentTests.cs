using System.Text;
using RequestClient.Blobs;

namespace RequestClient.Tests.Blobs;

public sealed class BlobContentTests
{
    /// <summary>The recipe of docs/measuring.md, followed to the letter with big, slow arithmetic.</summary>
    [Theory]
    [InlineData("study", "0123456789abcdef0123456789abcdef", 1024)]
    [InlineData("a", "b", 7)]
    [InlineData("somebody", "_-Z", 300_000)]
    public void Make_AsTheDocumentationSays(string user, string id, int length)
    {
        var key = 0xCBF29CE484222325UL;
        foreach (var value in Encoding.UTF8.GetBytes($"{user}/{id}")) key = (key ^ value) * 0x100000001B3;
        key = Mix(key);
        var wanted = new byte[length];
        byte[] stamp = [.. Words(key), .. Words(Mix(key ^ 0x7374616D70))];
        for (var index = 0; index < length; index++)
            wanted[index] = index < 16 ? stamp[index] : PadByte(((key % 262139) + (ulong)index) % 262139);
        Assert.Equal(wanted, BlobContent.Make(BlobContent.Key(BlobContent.UserHash(user), Encoding.UTF8.GetBytes(id)), length));
    }

    [Fact]
    public void Key_ManyIds_AllDifferent()
    {
        var ids = IdSequence.Fresh();
        var id = new byte[IdSequence.IdLength];
        var keys = new HashSet<ulong>();
        for (var counter = 0; counter < 200_000; counter++)
        {
            ids.Write(counter, id);
            Assert.True(keys.Add(BlobContent.Key(BlobContent.UserHash("study"), id)));
        }
    }

    private static byte[] Words(ulong number) => [.. Enumerable.Range(0, 8).Select(index => (byte)(number >> (8 * index)))];

    private static byte PadByte(ulong index) => Words(Mix(unchecked(0x626C6F6273 + (index / 8 * 0x9E3779B97F4A7C15))))[index % 8];

    private static ulong Mix(ulong number)
    {
        number = unchecked((number ^ (number >> 30)) * 0xBF58476D1CE4E5B9);
        number = unchecked((number ^ (number >> 27)) * 0x94D049BB133111EB);
        return number ^ (number >> 31);
    }
}
