using RequestClient.Actions;

namespace RequestClient.Tests.Actions;

public sealed class RequestTextTests
{
    [Fact]
    public void ReadAction_PutThenGet_InTheTermsOfTheBuiltInOne()
    {
        var (action, error) = RequestText.ReadAction(["PUT /x/{id} {body} -> 201", "GET /x/{id}"]);
        Assert.Null(error);
        Assert.Equal(
        [
            ("put", "PUT", "/x/{id}", true, 201, WantedBody.Any),
            ("get", "GET", "/x/{id}", false, 200, WantedBody.Blob),
        ],
        action!.Steps.Select(
            step => (step.Name, step.Method, step.Path, step.SendsBlob, step.Wanted[0].Status, step.Wanted[0].Body)));
    }

    [Theory]
    [InlineData("GET /", WantedBody.Same)]
    [InlineData("GET /{user}/all", WantedBody.Same)]
    [InlineData("GET /{id}", WantedBody.Any)]
    [InlineData("HEAD /", WantedBody.Empty)]
    [InlineData("DELETE /{id}", WantedBody.Any)]
    [InlineData("GET /{id} -> 404 {any}", WantedBody.Any)]
    [InlineData("GET /{id} -> 200 {body}", WantedBody.Blob)]
    [InlineData("POST / {body} -> 200 {empty}", WantedBody.Empty)]
    [InlineData("POST / {body}->200 {same}", WantedBody.Same)]
    public void ReadAction_OneRequest_WantsTheUsualBodyOrTheNamedOne(string text, object wanted) =>
        Assert.Equal(wanted, Assert.Single(Assert.Single(RequestText.ReadAction([text]).Action!.Steps).Wanted).Body);

    [Theory]
    [InlineData("POST /x {\"id\":\"{id}\",\"a\":[1, 2]} -> 201", "{\"id\":\"{id}\",\"a\":[1, 2]}", "application/json")]
    [InlineData("POST /x a=1&b=->x -> 200", "a=1&b=->x", "application/x-www-form-urlencoded")]
    public void ReadAction_TextBody_IsSentAsItStands(string text, string body, string mediaType) =>
        Assert.Equal((body, mediaType), Assert.Single(RequestText.ReadAction([text]).Action!.Steps).SendsText);

    [Fact]
    public void ReadAction_SameMethodAgain_NamesStayApart() =>
        Assert.Equal(["get", "get-2"], RequestText.ReadAction(["GET /a", "GET /b"]).Action!.Steps.Select(step => step.Name));

    [Theory]
    [InlineData("")]
    [InlineData("GET")]
    [InlineData("get /")]
    [InlineData("GET x")]
    [InlineData("GET / text")]
    [InlineData("PUT / {body} more")]
    [InlineData("PUT / {\"a\":{nonsense}}")]
    [InlineData("GET / -> 200 {any} | 200 {same}")]
    [InlineData("GET / -> 200 {once}{once}")]
    [InlineData("GET / -> ok")]
    [InlineData("GET / -> 99")]
    [InlineData("GET / -> 100")]
    [InlineData("GET / -> 200 {blob}")]
    [InlineData("GET / -> 200 {any} {any}")]
    [InlineData("GET /\u00e4")]
    public void ReadAction_SomethingElse_SaysTheForm(string text)
    {
        var (action, error) = RequestText.ReadAction([text]);
        Assert.Null(action);
        Assert.EndsWith(RequestText.Form, error, StringComparison.Ordinal);
    }
}
