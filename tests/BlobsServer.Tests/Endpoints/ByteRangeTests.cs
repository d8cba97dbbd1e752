using BlobsServer.Endpoints;

namespace BlobsServer.Tests.Endpoints;

public sealed class ByteRangeTests
{
    [Theory]
    [InlineData("bytes=0-0", 0, 1)]
    [InlineData("bytes=10-19", 10, 10)]
    [InlineData("bytes=10-", 10, 90)]
    [InlineData("bytes=-10", 90, 10)]
    [InlineData("bytes=-1000", 0, 100)]
    [InlineData("bytes=99-99", 99, 1)]
    [InlineData("bytes=50-1000", 50, 50)]
    [InlineData("bytes=0-99999999999999999999999999", 0, 100)]
    [InlineData("Bytes=0-0", 0, 1)]
    public void Parse_OneRange_IsThePart(string header, long start, long length) =>
        Assert.Equal(new ByteRange(ByteRangeKind.Part, start, length), ByteRange.Parse(header, 100));

    [Theory]
    [InlineData("bytes")]
    [InlineData("bytes=")]
    [InlineData("bytes=1")]
    [InlineData("bytes=-")]
    [InlineData("bytes=-0")]
    [InlineData("bytes=x-100")]
    [InlineData("bytes=1-x")]
    [InlineData("bytes=+1-5")]
    [InlineData("bytes=5-2")]
    [InlineData("bytes=100-")]
    [InlineData("bytes=100-200")]
    [InlineData("bytes=99999999999999999999999999-")]
    [InlineData("potatoes=10-100")]
    [InlineData("")]
    public void Parse_WhatCannotBeHad_IsNotSatisfiable(string header) =>
        Assert.Equal(ByteRangeKind.NotSatisfiable, ByteRange.Parse(header, 100).Kind);

    [Theory]
    [InlineData(null)]
    [InlineData("bytes=0-1,5-6")]
    public void Parse_NoneOrSeveral_IsEverything(string? header) =>
        Assert.Equal(new ByteRange(ByteRangeKind.Everything, 0, 100), ByteRange.Parse(header, 100));

    [Theory]
    [InlineData("bytes=0-0")]
    [InlineData("bytes=0-")]
    [InlineData("bytes=-1")]
    public void Parse_AnEmptyBlob_HasNoPart(string header) =>
        Assert.Equal(ByteRangeKind.NotSatisfiable, ByteRange.Parse(header, 0).Kind);
}
