using BlobsServer.Options;

namespace BlobsServer.Tests.Options;

/// <summary>What is bad usage, and how it is said.</summary>
public sealed class ServerCommandTests
{
    [Theory]
    [InlineData("DIR is empty: give a path.", "", "1")]
    [InlineData("PORT is 'http': give a number from 1 to 65535.", "dir", "http")]
    [InlineData("PORT is '0': give a number from 1 to 65535.", "dir", "0")]
    [InlineData("PORT is '70000': give a number from 1 to 65535.", "dir", "70000")]
    [InlineData("--durability is 'sometimes': give one of always, none.", "dir", "1", "--durability", "sometimes")]
    [InlineData("--durability is '1': give one of always, none.", "dir", "1", "--durability", "1")]
    [InlineData("--log is '2': give one of none, text, json.", "dir", "1", "--log", "2")]
    [InlineData("--max-blob-mib is '0': give a number from 1 to 1048576.", "dir", "1", "--max-blob-mib", "0")]
    [InlineData("--quota-kib is '-1': give a number from 1 to 1125899906842624.", "dir", "1", "--quota-kib", "-1")]
    [InlineData("--quota-kib is '1e3': give a number from 1 to 1125899906842624.", "dir", "1", "--quota-kib", "1e3")]
    [InlineData("--disk-threads is '9999999999': give a number from 1 to 1024.", "dir", "1", "--disk-threads", "9999999999")]
    [InlineData("--host is 'nowhere': give an IP address, for instance 127.0.0.1 or 0.0.0.0.", "dir", "1", "--host", "nowhere")]
    [InlineData("--unix is empty: give a path.", "dir", "1", "--unix", "")]
    [InlineData("--tokens is empty: give a path.", "dir", "1", "--tokens", "")]
    public void Parse_BadUsage_SaysTheValueTheBoundAndTheRemedy(string wanted, params string[] arguments) =>
        Assert.Equal([wanted], Errors(arguments));

    [Fact]
    public void Parse_EveryOptionAsItsHelpSays_IsUsage() =>
        Assert.Empty(Errors(
            "dir", "8001", "--host", "0.0.0.0", "--durability", "none", "--log", "json", "--max-blob-mib", "1", "--quota-kib",
            "100",
            "--disk-threads", "8", "--unix", "socket", "--tokens", "tokens", "--sync", "files", "--transport", "sockets"));

    private static IEnumerable<string> Errors(params string[] arguments) =>
        ServerCommand.Create(_ => Task.FromResult(0)).Parse(arguments).Errors.Select(error => error.Message);
}
