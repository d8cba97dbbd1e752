using System.Text;
using RequestClient.Http;

namespace RequestClient.Tests.Http;

public sealed class ReplyReaderTests
{
    public static TheoryData<string, string> Replies => new()
    {
        { "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello", "hello" },
        { "HTTP/1.1 200\r\ncontent-LENGTH:5\r\n\r\nhello", "hello" },
        { "HTTP/1.0 200 OK\r\nContent-Length: \t5 \r\nX: y\r\n\r\nhello", "hello" },
        { "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 5\r\n\r\nhello", "hello" },
        { "HTTP/1.1 200 OK\r\nX:\r\nContent-Length: 0\r\n\r\n", "" },
        { "HTTP/1.1 204 No Content\r\nContent-Length: 5\r\n\r\n", "" },
        { "HTTP/1.1 304 Not Modified\r\n\r\n", "" },
        { "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: a\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n!", "!" },
        { "HTTP/1.1 200 OK\r\nTransfer-Encoding: CHUNKED\r\n\r\n3\r\nhel\r\n002;a=b\r\nlo\r\n0\r\n\r\n", "hello" },
        { "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5 \r\nhello\r\n0\r\nTrailer: x\r\nAnother: y\r\n\r\n", "hello" },
        { "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", "" },
    };

    [Theory]
    [MemberData(nameof(Replies))]
    public void Read_CutAnywhere_SameBody(string text, string body)
    {
        var bytes = Encoding.ASCII.GetBytes(text);
        for (var first = 0; first <= bytes.Length; first++)
        {
            for (var second = first; second <= bytes.Length; second++)
            {
                var collected = new CollectedBody();
                var reader = Begin(collected);
                ReplyProgress[] progress =
                [
                    reader.Read(bytes.AsSpan(0, first)),
                    reader.Read(bytes.AsSpan(first, second - first)),
                    reader.Read(bytes.AsSpan(second)),
                ];
                Assert.Null(reader.Problem);
                Assert.Equal(ReplyProgress.Complete, progress[2]);
                Assert.Equal(second == bytes.Length ? ReplyProgress.Complete : ReplyProgress.Incomplete, progress[1]);
                Assert.Equal(body, collected.Text);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Replies))]
    public void Read_BytesBehindTheReply_Malformed(string text, string body)
    {
        var collected = new CollectedBody();
        Assert.Equal(ReplyProgress.Malformed, Begin(collected).Read(Encoding.ASCII.GetBytes(text + "H")));
        Assert.Equal(body, collected.Text);
    }

    [Fact]
    public void Read_ReaderUsedAgain_NothingLeftOfTheReplyBefore()
    {
        var collected = new CollectedBody();
        var reader = Begin(collected);
        foreach (var (text, body) in Replies.Select(row => row.Data))
        {
            reader.Begin(collected, headRequested: false);
            Assert.Equal(ReplyProgress.Complete, reader.Read(Encoding.ASCII.GetBytes(text)));
            Assert.Equal(body, collected.Text);
        }
    }

    [Fact]
    public void Read_ReplyToHead_HasNoBody()
    {
        var reader = new ReplyReader();
        reader.Begin(new CollectedBody(), headRequested: true);
        Assert.Equal(ReplyProgress.Complete, reader.Read("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n"u8));
        Assert.True(reader.KeepAlive);
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\n\r\n", true)]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n", false)]
    [InlineData("HTTP/1.1 200 OK\r\n", false)]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nsome\r\n0\r\n", false)]
    public void Close_CompletesOnlyARepliesWithoutLength(string text, bool completes)
    {
        var collected = new CollectedBody();
        var reader = Begin(collected);
        Assert.Equal(ReplyProgress.Incomplete, reader.Read(Encoding.ASCII.GetBytes(text)));
        Assert.Equal(ReplyProgress.Incomplete, reader.Read("some"u8[..(completes ? 4 : 0)]));
        Assert.Equal(completes ? ReplyProgress.Complete : ReplyProgress.Incomplete, reader.Close());
        if (completes) Assert.False(reader.KeepAlive);
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", true)]
    [InlineData("HTTP/1.1 200 OK\r\nConnection: upgrade , cLoSe\r\nContent-Length: 0\r\n\r\n", false)]
    [InlineData("HTTP/1.1 200 OK\r\nConnection: closed\r\nContent-Length: 0\r\n\r\n", true)]
    [InlineData("HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n", false)]
    [InlineData("HTTP/1.0 200 OK\r\nConnection: Keep-Alive\r\nContent-Length: 0\r\n\r\n", true)]
    public void KeepAlive_AsVersionAndConnectionSay(string text, bool keepAlive)
    {
        var reader = Begin(new CollectedBody());
        Assert.Equal(ReplyProgress.Complete, reader.Read(Encoding.ASCII.GetBytes(text)));
        Assert.Equal(keepAlive, reader.KeepAlive);
    }

    [Fact]
    public void Read_HeadThatNeverEnds_MalformedSoon()
    {
        var reader = Begin(new CollectedBody());
        Assert.Equal(ReplyProgress.Incomplete, reader.Read("HTTP/1.1 200 OK\r\n"u8));
        var line = Encoding.ASCII.GetBytes($"X: {new string('x', 1000)}\r\n");
        var lines = 1;
        while (reader.Read(line) == ReplyProgress.Incomplete) Assert.InRange(++lines, 0, 20);
        Assert.Contains("a head of more than", reader.Problem, StringComparison.Ordinal);
    }

    /// <summary>Whatever comes, the reader ends in one of its three states and says why.</summary>
    [Fact]
    public void Read_AnyBytes_NeverThrows()
    {
        var random = new Random(20170104);
        var templates = Replies.Select(row => Encoding.ASCII.GetBytes(row.Data.Item1)).ToArray();
        for (var round = 0; round < 20_000; round++)
        {
            var bytes = templates[random.Next(templates.Length)].ToArray();
            for (var flips = random.Next(1, 6); flips > 0; flips--) bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            var reader = Begin(new CollectedBody());
            var progress = ReplyProgress.Incomplete;
            foreach (var piece in bytes.Chunk(random.Next(1, bytes.Length + 1)))
            {
                progress = reader.Read(piece);
                if (progress != ReplyProgress.Incomplete) break;
            }

            Assert.Equal(progress == ReplyProgress.Malformed, reader.Problem is not null);
        }
    }

    private static ReplyReader Begin(CollectedBody body)
    {
        var reader = new ReplyReader();
        reader.Begin(body, headRequested: false);
        return reader;
    }

    private sealed class CollectedBody : IBodyReader
    {
        private readonly List<byte> _bytes = [];

        public string Text => Encoding.ASCII.GetString([.. _bytes]);

        public void Begin(int status, long? length) => _bytes.Clear();

        public void Take(ReadOnlySpan<byte> bytes)
        {
            Assert.False(bytes.IsEmpty);
            _bytes.AddRange(bytes);
        }
    }
}
