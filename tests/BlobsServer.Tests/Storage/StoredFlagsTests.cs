using System.Text;
using BlobsServer.Storage;

namespace BlobsServer.Tests.Storage;

[Trait("Store", "any")]
public sealed class StoredFlagsTests
{
    [Theory]
    [InlineData("[]")]
    [InlineData("""["PENDING"]""", "PENDING")]
    [InlineData("""["PENDING","FAILED","PENDING"]""", "PENDING", "FAILED", "PENDING")]
    public void They_are_a_JSON_array_of_their_names(string text, params string[] flags)
    {
        var stored = StoredFlags.Of(flags);

        Assert.Equal(text, Encoding.UTF8.GetString(stored));
        Assert.Equal(flags.Contains("FAILED"), StoredFlags.Hold(stored, "FAILED"));
        Assert.False(StoredFlags.Hold(stored, "PROCESSED"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[\"FAILED\"")]
    [InlineData("\"FAILED\"")]
    [InlineData("{\"FAILED\":1}")]
    [InlineData("[1,[\"FAILED\"],null]")]
    public void What_we_did_not_write_holds_none(string stored) =>
        Assert.False(StoredFlags.Hold(Encoding.UTF8.GetBytes(stored), "FAILED"));
}
