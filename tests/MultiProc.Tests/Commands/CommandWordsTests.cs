using MultiProc.Commands;

namespace MultiProc.Tests.Commands;

public sealed class CommandWordsTests
{
    [Theory]
    [InlineData("stores/redis {dir}  {storeport}", "stores/redis|{dir}|{storeport}")]
    [InlineData(" 'a b' c", "a b|c")]
    [InlineData("sh -c 'echo \"x y\"'", "sh|-c|echo \"x y\"")]
    [InlineData("a\"b c\"d ''", "ab cd|")]
    [InlineData("", "")]
    [InlineData("'open", null)]
    public void TrySplit_Text_Words(string text, string? words) =>
        Assert.Equal(words, CommandWords.TrySplit(text) is { } split ? string.Join('|', split) : null);
}
