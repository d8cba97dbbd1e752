using BlobsServer.Storage.Addresses;

namespace BlobsServer.Tests.Storage;

[Trait("Store", "any")]
public sealed class StoreAddressTests
{
    [Theory]
    [InlineData("s3://mail")]
    [InlineData("s3://mail?endpoint=http://127.0.0.1:8100&region=eu&credentials=/etc/blobs/keys")]
    [InlineData("postgresql://postgres@127.0.0.1:8100/postgres")]
    public void TryParse_AStore_IsOne(string text) => Assert.True(StoreAddress.TryParse(text, out _, out _));

    [Theory]
    [InlineData("")]
    [InlineData("mail")]
    [InlineData("redis://127.0.0.1:6379")]
    [InlineData("postgresql://")]
    [InlineData("s3://")]
    [InlineData("s3://my_mail")]
    [InlineData("s3://mail/folder")]
    [InlineData("s3://key:secret@mail")]
    [InlineData("s3://mail?endpoint=127.0.0.1:8100")]
    [InlineData("s3://mail?end=http://127.0.0.1")]
    public void TryParse_AnythingElse_SaysWhatToGive(string text)
    {
        Assert.False(StoreAddress.TryParse(text, out _, out var problem));
        Assert.NotEmpty(problem);
    }
}
