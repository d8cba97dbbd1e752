using System.Text.Json;
using MultiProc.Logging;

namespace MultiProc.Tests.Logging;

public sealed class LogLineTests
{
    private static readonly LogLine Line = new(DateTimeOffset.UnixEpoch, "w1", IsOutput: true, "said \"é\" and \t<b>");

    [Fact]
    public void Format_Text_NameBarWords() => Assert.Equal("w1        | said \"é\" and \t<b>", Line.Format(LogFormat.Text));

    [Fact]
    public void Format_Json_OneObjectOnOneLine()
    {
        var text = Line.Format(LogFormat.Json);
        Assert.DoesNotContain('\n', text);
        var json = JsonDocument.Parse(text).RootElement;
        Assert.Equal("w1", json.GetProperty("name").GetString());
        Assert.Equal("output", json.GetProperty("kind").GetString());
        Assert.Equal(Line.Message, json.GetProperty("message").GetString());
        Assert.Equal(DateTimeOffset.UnixEpoch, json.GetProperty("time").GetDateTimeOffset());
    }
}
