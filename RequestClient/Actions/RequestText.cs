namespace RequestClient.Actions;

/// <summary>
/// Reads a request as a person describes it, so that any HTTP server can be put under load with the rigour of the built-in
/// actions: METHOD PATH [BODY] [-> STATUS [BODY] | STATUS [BODY] ...].
/// </summary>
internal static class RequestText
{
    public const string Form = "METHOD PATH [{body}|text] [-> STATUS [{body}|{same}|{any}|{empty}|text|~text] | ...]";

    public const string BlobPlace = "{body}";
    private const string Arrow = "->";

    /// <summary>
    /// Reads a whole action, a request a step; gives what is wrong, in one line, instead of the action where something is.
    /// </summary>
    public static (ActionPlan? Action, string? Error) ReadAction(IEnumerable<string> requests, string name = "request")
    {
        var steps = new List<Step>();
        foreach (var request in requests)
        {
            var (step, problem) = Read(request, steps, Places.None);
            if (step is null) return (null, $"'{request}', column {problem!.Column}: {problem.Reason}; wanted {Form}");
            steps.Add(step);
        }

        return (new ActionPlan(name, steps), null);
    }

    /// <summary>Reads one request, which follows the earlier ones.</summary>
    /// <param name="request">The line.</param>
    /// <param name="earlier">The requests above it.</param>
    /// <param name="places">What its texts may hold beside {id} and {user}.</param>
    /// <param name="mayHoldAny">Whether nobody can tell what they may hold, since the feed is not there.</param>
    public static (Step? Step, TextProblem? Problem) Read(
        string request, IReadOnlyList<Step> earlier, Places places, bool mayHoldAny = false)
    {
        var arrow = ArrowIn(request);
        var asked = arrow < 0 ? request : request[..arrow];
        var (methodAt, method) = Word(asked, 0);
        var (pathAt, path) = Word(asked, methodAt + method.Length);
        if (path.Length == 0) return Wrong(methodAt, "no method and path");
        if (!method.All(char.IsAsciiLetterUpper)) return Wrong(methodAt, $"{method} is no method");
        if (!BeginsPath(path, places) || path.Any(letter => letter is <= ' ' or > '~'))
            return Wrong(pathAt, $"{path} is no path");
        if (!mayHoldAny && TextPlaces.Unknown(path, places.Names) is { } place)
            return Wrong(pathAt + place.At, $"{place.Place} is nothing that a path can hold");
        var bodyAt = pathAt + path.Length;
        while (bodyAt < asked.Length && asked[bodyAt] == ' ') bodyAt++;
        var body = asked[bodyAt..].TrimEnd();
        if (body.Length > 0 && method is "GET" or "HEAD") return Wrong(bodyAt, $"a {method} has no body");
        if (body != BlobPlace && !mayHoldAny && TextPlaces.Unknown(body, places.Names) is { } unknown)
            return Wrong(bodyAt + unknown.At, $"{unknown.Place} is nothing that a request's text can hold");

        var step = new Step
        {
            Name = NameOf(method, earlier),
            Method = method,
            Path = path,
            SendsBlob = body == BlobPlace,
            SendsText = body.Length == 0 || body == BlobPlace ? null : (body, MediaTypeOf(body)),
            Places = places,
        };
        var usual = UsualBody(method, path, earlier, places);
        if (arrow < 0) return (step with { Wanted = [new WantedReply(200, usual)] }, null);
        var (wanted, problem) = ReplyText.Read(request, arrow + Arrow.Length, usual, mayHoldAny ? null : places);
        return problem is null ? (step with { Wanted = wanted }, null) : (null, problem);

        static (Step?, TextProblem?) Wrong(int index, string reason) => (null, new TextProblem(index + 1, reason));
    }

    /// <summary>What a reply gave as the address of something is a path of its own.</summary>
    private static bool BeginsPath(string path, Places places) =>
        path[0] == '/' || (TextPlaces.In(path).FirstOrDefault() is { At: 0, Name: { } name } && places.Kept.Contains(name));

    /// <summary>The arrow that a status follows, or the first one: a body may hold others.</summary>
    private static int ArrowIn(string request)
    {
        for (var at = request.IndexOf(Arrow, StringComparison.Ordinal);
            at >= 0;
            at = request.IndexOf(Arrow, at + 1, StringComparison.Ordinal))
        {
            if (request[(at + Arrow.Length)..].TrimStart() is [>= '0' and <= '9', ..]) return at;
        }

        return request.IndexOf(Arrow, StringComparison.Ordinal);
    }

    private static (int At, string Word) Word(string text, int from)
    {
        while (from < text.Length && text[from] == ' ') from++;
        var end = text.IndexOf(' ', from);
        return (from, end < 0 ? text[from..] : text[from..end]);
    }

    private static string MediaTypeOf(string text) =>
        text[0] is '{' or '[' or '"' ? "application/json" : "application/x-www-form-urlencoded";

    /// <summary>A GET of what was sent before gives that; a GET of one fixed thing gives the same each time.</summary>
    private static WantedBody UsualBody(string method, string path, IReadOnlyList<Step> earlier, Places places) => method switch
    {
        "HEAD" => WantedBody.Empty,
        "GET" when earlier.Any(step => step.SendsBlob && step.Path == path) => WantedBody.Blob,
        "GET" when TextPlaces.In(path).All(place => place.Name == Places.User && !places.Columns.Contains(Places.User)) =>
            WantedBody.Same,
        _ => WantedBody.Any,
    };

    /// <summary>The method, and a number where it comes again: get, get-2.</summary>
    private static string NameOf(string method, IReadOnlyList<Step> earlier)
    {
        var times = earlier.Count(step => step.Method == method) + 1;
        var name = method.ToLowerInvariant();
        return times == 1 ? name : $"{name}-{times}";
    }
}
