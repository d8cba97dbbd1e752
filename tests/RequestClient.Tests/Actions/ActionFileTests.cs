using Blobs.TestSupport;
using RequestClient.Actions;

namespace RequestClient.Tests.Actions;

public sealed class ActionFileTests
{
    [Fact]
    public void Read_TwoActions_EachWithItsRequests()
    {
        var (actions, error) = ActionFile.Read(["# why", "", "[index]", "GET /", "[fetch]", "PUT /{id} {body} -> 201", "  GET /{id}"], "a.conf");
        Assert.Null(error);
        Assert.Equal(["index", "fetch"], actions.Keys);
        Assert.Equal("fetch", actions["fetch"].Name);
        Assert.Equal(["put", "get"], actions["fetch"].Steps.Select(step => step.Name));
        Assert.Equal(WantedBody.Blob, Assert.Single(actions["fetch"].Steps[1].Wanted).Body);
    }

    [Theory]
    [InlineData("GET /", "a.conf:1:1: 'GET /' belongs to no action: put its [name] above it")]
    [InlineData("[x]\nGET /\nFETCH", "a.conf:3:1: 'FETCH': no method and path")]
    [InlineData("[x]\n  GET x", "a.conf:2:7: 'GET x': x is no path")]
    [InlineData("[x]\nGET / -> 200 {any} | 20 {any}", "a.conf:2:14: ")]
    [InlineData("[x]\nGET / -> 200 a{once}b{once}", "a.conf:2:22: ")]
    [InlineData("[x]\nPOST /x {\"a\":{what}} -> 201", "a.conf:2:14: ")]
    [InlineData("[x]\nGET /\ncounted by count", "a.conf:3:12: 'count' is no path")]
    [InlineData("[x]\n# none\n[y]\nGET /", "a.conf:1:1: [x] has no request")]
    [InlineData("[x]", "a.conf:1:1: [x] has no request")]
    [InlineData("[x\nGET /", "a.conf:1:1: '[x' is no [name]")]
    [InlineData("[x y]\nGET /", "a.conf:1:1: '[x y]' is no [name]")]
    [InlineData("[put]\nGET /", "a.conf:1:1: put is built in: choose another name")]
    [InlineData("[x]\nGET /\n[x]\nGET /", "a.conf:3:1: [x] is there already")]
    public void Read_Mistake_IsNamedWithItsLine(string text, string expected)
    {
        var (_, error) = ActionFile.Read(text.Split('\n'), "a.conf");
        Assert.StartsWith(expected, error, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_CountedAlternatives_AsTheCounterHasThem()
    {
        var (actions, error) = ActionFile.Read(
            ["[capped]", "GET / -> 200 {\"n\":{once}} | 200 {\"Go\":\"away!\"} | 503", "counted by /count"], "a.conf");
        Assert.Null(error);
        Assert.Equal("/count", actions["capped"].CountedBy);
        Assert.Equal(
            [(200, WantedBody.Text, "{\"n\":{once}}"), (200, WantedBody.Text, "{\"Go\":\"away!\"}"), (503, WantedBody.Same, null)],
            actions["capped"].Steps[0].Wanted.Select(reply => (reply.Status, reply.Body, reply.Text?.Text)));
    }

    [Fact]
    public void Find_BuiltIn_NeedsNoFile() => Assert.Equal("list", ActionFile.Find("list", "/nowhere.conf").Action!.Name);

    [Fact]
    public void Find_UnknownName_TellsWhatThereIs()
    {
        using var directory = new TempDirectory();
        File.WriteAllText(directory["a.conf"], "[index]\nGET /\n");
        var (_, error) = ActionFile.Find("idex", directory["a.conf"]);
        Assert.Equal($"no action is called idex: baseline list put get flag delete are built in, and {directory["a.conf"]} describes index; add [idex] to it", error);
    }

    [Fact]
    public void Read_TheExampleAtTheTop_HasNoMistake() =>
        Assert.Null(ActionFile.Read(File.ReadAllLines(Repository.PathOf("actions.conf")), "actions.conf").Error);
}
