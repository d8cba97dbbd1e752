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
        Assert.Equal(WantedBody.Blob, actions["fetch"].Steps[1].WantedBody);
    }

    [Theory]
    [InlineData("GET /", "a.conf:1: 'GET /' belongs to no action: put its [name] above it")]
    [InlineData("[x]\nGET /\nFETCH", "a.conf:3: 'FETCH': no method and path")]
    [InlineData("[x]\n# none\n[y]\nGET /", "a.conf:1: [x] has no request")]
    [InlineData("[x]", "a.conf:1: [x] has no request")]
    [InlineData("[x\nGET /", "a.conf:1: '[x' is no [name]")]
    [InlineData("[x y]\nGET /", "a.conf:1: '[x y]' is no [name]")]
    [InlineData("[put]\nGET /", "a.conf:1: put is built in: choose another name")]
    [InlineData("[x]\nGET /\n[x]\nGET /", "a.conf:3: [x] is there already")]
    public void Read_Mistake_IsNamedWithItsLine(string text, string expected)
    {
        var (_, error) = ActionFile.Read(text.Split('\n'), "a.conf");
        Assert.StartsWith(expected, error, StringComparison.Ordinal);
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
