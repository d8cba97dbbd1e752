using Blobs.TestSupport;
using RequestClient.Actions;

namespace RequestClient.Tests.Actions;

public sealed class ActionFileTests
{
    [Fact]
    public void Read_TwoActions_EachWithItsRequests()
    {
        var (actions, error) =
            ActionFile.Read(["# why", "", "[index]", "GET /", "[fetch]", "PUT /{id} {body} -> 201", "  GET /{id}"], "a.conf");
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
    [InlineData("[x]\nGET /\n[x]\nGET /", "a.conf:3:1: [x] is there already")]
    [InlineData("[x]\nkeep a Location\nGET /", "a.conf:2:1: there is no request above it")]
    [InlineData("[x]\nGET /\nkeep a 'b'", "a.conf:3:1: wanted keep NAME Location, or keep NAME 'before' 'after'")]
    [InlineData("[x]\nGET /\nkeep A Location", "a.conf:3:6: 'A' is no name of a-z, 0-9 and _")]
    [InlineData("[x]\nGET /\nkeep once Location", "a.conf:3:6: {once} means something else")]
    [InlineData("[x]\nGET {a}\nkeep a Location", "a.conf:2:5: 'GET {a}': {a} is no path")]
    [InlineData("[x]\nGET /{a}\nkeep a Location", "a.conf:2:6: 'GET /{a}': {a} is nothing that a path can hold")]
    [InlineData("[x]\nheader A: {b}\nGET /", "a.conf:2:11: {b} is nothing that a header can hold")]
    [InlineData("[x]\nheader Host: b\nGET /", "a.conf:2:8: 'Host: b': wanted 'NAME: VALUE', and no Content-Length")]
    [InlineData("[x]\nGET /\nfeed f.tsv", "a.conf:3:1: a feed stands above headers and requests")]
    [InlineData("[x]\nfeed f.tsv\nfeed f.tsv\nGET /", "a.conf:3:1: an action has one feed")]
    [InlineData("[x]\nGET / -> 200 ~", "a.conf:2:15: ")]
    [InlineData("[x]\nGET / -> 200 ~a{once}", "a.conf:2:15: ")]
    [InlineData("[x]\nGET / -> 200 ~a{b}", "a.conf:2:16: ")]
    [InlineData("[x]\nmix y 1", "a.conf:2:5: no action [y] stands above it")]
    [InlineData("[y]\nGET /\n[x]\nmix y 0", "a.conf:4:7: '0' is no weight from 1 to 1000")]
    [InlineData("[y]\nGET /\n[x]\nmix y", "a.conf:4:1: wanted mix NAME WEIGHT")]
    [InlineData("[y]\nGET /\n[x]\nmix y 1 y 2", "a.conf:4:9: y stands there twice")]
    [InlineData("[y]\nGET /\n[x]\nmix y 1\nGET /", "a.conf:5:1: a mix has no lines beside it")]
    [InlineData("[y]\nGET /\n[x]\nGET /\nmix y 1", "a.conf:5:1: a mix has no lines beside it")]
    [InlineData("[y]\nGET /\ncounted by /a\n[z]\nGET /\ncounted by /b\n[x]\nmix y 1 z 1", "a.conf:8:1: one page counts a run")]
    public void Read_Mistake_IsNamedWithItsLine(string text, string expected)
    {
        var (_, error) = ActionFile.Read(text.Split('\n'), "a.conf");
        Assert.StartsWith(expected, error, StringComparison.Ordinal);
    }

    [Fact]
    public void Find_ABuiltInName_AnotherServersFileMayDescribeItAndOursMayNot()
    {
        using var directory = new TempDirectory();
        File.WriteAllText(directory["own.conf"], "[list]\nGET /mine\n");
        Assert.Equal("/mine", Assert.Single(ActionFile.Find("list", directory["own.conf"]).Action!.Steps).Path);
        Assert.Same(BuiltInActions.Find("put"), ActionFile.Find("put", directory["own.conf"]).Action);
        Assert.Same(BuiltInActions.Find("put"), ActionFile.Find("put", directory["nowhere.conf"]).Action);
        var (_, error) = ActionFile.Read(["[put]", "GET /"], ActionFile.DefaultPath);
        Assert.Equal("actions.conf:1:1: put is built in: choose another name", error);
    }

    [Fact]
    public void Read_CountedAlternatives_AsTheCounterHasThem()
    {
        var (actions, error) = ActionFile.Read(
            ["[capped]", "GET / -> 200 {\"n\":{once}} | 200 {\"Go\":\"away!\"} | 503", "counted by /count"], "a.conf");
        Assert.Null(error);
        Assert.Equal("/count", actions["capped"].CountedBy);
        Assert.Equal(
            [
                (200, WantedBody.Text, "{\"n\":{once}}"), (200, WantedBody.Text, "{\"Go\":\"away!\"}"),
                (503, WantedBody.Same, null)
            ],
            actions["capped"].Steps[0].Wanted.Select(reply => (reply.Status, reply.Body, reply.Text?.Text)));
    }

    [Theory]
    [InlineData("a\tb", null)]
    [InlineData("a\ta", "f.tsv:1:3: two columns are called a")]
    [InlineData("a\tB", "f.tsv:1:3: the first line names the columns, tabs between: 'B' is no name")]
    [InlineData("id", "f.tsv:1:1: the first line names the columns, tabs between: {id} means something else")]
    [InlineData("", "f.tsv:1:1: the first line names the columns, tabs between: '' is no name")]
    public void Find_ActionWithAFeed_ItsColumnsAreKnown(string columns, string? expected)
    {
        using var directory = new TempDirectory();
        File.WriteAllText(directory["f.tsv"], columns + "\n1\t2\n");
        File.WriteAllText(directory["a.conf"], "[x]\nfeed f.tsv\nGET /{b}\nkeep c Etag\nGET /{c}\n[y]\nGET /\n");
        var (action, error) = ActionFile.Find("x", directory["a.conf"]);
        Assert.Equal(expected is null, error is null);
        if (expected is not null) Assert.StartsWith(directory[expected], error, StringComparison.Ordinal);
        else Assert.Equal(["a", "b", "c"], [.. action!.Feed!.Columns, .. action.Kept]);
        // Others of the file need no feed.
        Assert.Null(ActionFile.Find("y", directory["a.conf"]).Error);
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
