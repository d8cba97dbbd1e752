using System.Text;
using MultiProc.Probing;

namespace MultiProc.Tests;

public sealed class ReadinessProbeTests
{
    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\n", 200)]
    [InlineData("HTTP/1.0 302 Found\r\n", 302)]
    [InlineData("HTTP/1.1 503\r\n", 503)]
    [InlineData("HTTP/1.1 2x0 OK\r\n", null)]
    [InlineData("HTTP/1.1 20", null)]
    [InlineData("HTTP/2 200 OK\r\n", null)]
    [InlineData("SSH-2.0-OpenSSH_9.2\r\n", null)]
    [InlineData("", null)]
    public void ParseStatus_Line_Status(string line, int? status) =>
        Assert.Equal(status, ReadinessProbe.ParseStatus(Encoding.ASCII.GetBytes(line)));
}
