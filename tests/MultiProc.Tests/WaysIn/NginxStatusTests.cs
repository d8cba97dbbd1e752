using MultiProc.WaysIn;

namespace MultiProc.Tests.WaysIn;

public sealed class NginxStatusTests
{
    [Fact]
    public void ParseRequests_StatusPage_ThirdNumber() =>
        Assert.Equal(31, NginxStatus.ParseRequests("Active connections: 2 \nserver accepts handled requests\n 16 15 31 \nReading: 0 Writing: 1 Waiting: 1 \n"));

    [Theory]
    [InlineData("")]
    [InlineData("server accepts handled requests")]
    [InlineData("server accepts handled requests\n 1 2\n")]
    [InlineData("<html>404 Not Found</html>")]
    public void ParseRequests_AnythingElse_Null(string text) => Assert.Null(NginxStatus.ParseRequests(text));
}
