using System.Net;
using System.Text;
using RequestClient.Actions;
using RequestClient.Net;

namespace RequestClient.Tests.Actions;

/// <summary>Requests as they go over the wire, byte for byte.</summary>
public sealed class PreparedRequestTests
{
    private const string Id = "0123456789abcdef0123456789abcdef";

    [Fact]
    public void Get_HeadWithTheIdWhereverItBelongs()
    {
        var request = Prepare(new Step { Name = "get", Method = "GET", Path = "/x/{user}/{id}?also={id}" }, headers: ["X-Y: z"]);
        Assert.Equal($"GET /x/me/{Id}?also={Id} HTTP/1.1\r\nHost: there:81\r\nX-Y: z\r\n\r\n", Stamped(request, Id));
        Assert.Equal((0, 0, false), (request.BlobLength, request.BodyLength, request.IsHead));
    }

    [Fact]
    public void Stamp_AnotherId_LeavesNothingOfTheOneBefore()
    {
        var request = Prepare(new Step { Name = "get", Method = "GET", Path = "/{id}" });
        var first = Stamped(request, Id);
        var other = new string('f', Id.Length);
        Assert.Equal(first.Replace(Id, other, StringComparison.Ordinal), Stamped(request, other));
    }

    [Fact]
    public void Blob_IsAnnouncedAndNotPartOfTheHead()
    {
        var request = Prepare(new Step { Name = "put", Method = "PUT", Path = "/{id}", SendsBlob = true });
        Assert.EndsWith(
            "Content-Type: application/octet-stream\r\nContent-Length: 2048\r\n\r\n",
            Stamped(request, Id),
            StringComparison.Ordinal);
        Assert.Equal((2048, 2048), (request.BlobLength, request.BodyLength));
    }

    [Fact]
    public void Text_FollowsTheHeadAndIsCountedInBytes()
    {
        var request = Prepare(new Step { Name = "post", Method = "POST", Path = "/{id}", SendsText = ("\u00fc!", "text/plain") });
        Assert.EndsWith(
            "Content-Type: text/plain\r\nContent-Length: 3\r\n\r\n\u00fc!", Stamped(request, Id), StringComparison.Ordinal);
        Assert.Equal((0, 3), (request.BlobLength, request.BodyLength));
    }

    [Theory]
    [InlineData("PUT", true)]
    [InlineData("POST", true)]
    [InlineData("PATCH", true)]
    [InlineData("GET", false)]
    [InlineData("DELETE", false)]
    [InlineData("HEAD", false)]
    public void WithoutBody_OnlyMethodsThatMeanOneSayItsLength(string method, bool says)
    {
        var request = Prepare(new Step { Name = "step", Method = method, Path = "/" });
        Assert.Equal(says, Stamped(request, Id).Contains("Content-Length: 0\r\n", StringComparison.Ordinal));
        Assert.Equal(method == "HEAD", request.IsHead);
    }

    private readonly OperationValues _values = new(mostKept: 1);

    [Fact]
    public void Kept_PathIsAllOfIt_AndNothingIsSentWithoutIt()
    {
        var step = new Step { Name = "get", Method = "GET", Path = "{place}", Places = new Places([], ["place"]) };
        var request =
            new PreparedRequest(step, Target.Of(new Uri("http://there:81/base"), IPAddress.Loopback), "me", 0, [], _values);
        Assert.False(request.CanBeSent);
        _values.Keep(0, "/base/1"u8);
        Assert.True(request.CanBeSent);
        Assert.StartsWith("GET /base/1 HTTP/1.1\r\n", Stamped(request, Id), StringComparison.Ordinal);
        _values.Begin(rows: null, operation: 1);
        Assert.False(request.CanBeSent);
    }

    [Fact]
    public void ContentTypeOfItsOwn_StandsAlone()
    {
        var request = Prepare(new Step { Name = "p", Method = "POST", Path = "/", SendsText = ("x", "text/plain"), Headers = ["content-type: text/x"] });
        Assert.EndsWith("\r\ncontent-type: text/x\r\nContent-Length: 1\r\n\r\nx", Stamped(request, Id), StringComparison.Ordinal);
        Assert.DoesNotContain("plain", Stamped(request, Id), StringComparison.Ordinal);
    }

    private PreparedRequest Prepare(Step step, IReadOnlyList<string>? headers = null) =>
        new(step, Target.Of(new Uri("http://there:81"), IPAddress.Loopback), "me", blobLength: 2048, headers ?? [], _values);

    private string Stamped(PreparedRequest request, string id)
    {
        Encoding.ASCII.GetBytes(id, _values.Id);
        request.Fill();
        return Encoding.UTF8.GetString(request.Bytes, 0, request.Length);
    }
}
