using System.Globalization;

namespace RequestClient.Actions;

/// <summary>
/// Reads a request as a person describes it: METHOD PATH [{body}] [-> STATUS [{body}|{same}|{any}|{empty}]], so that
/// any HTTP server can be put under load with the rigour of the built-in actions.
/// </summary>
internal static class RequestText
{
    public const string Form = "METHOD PATH [{body}] [-> STATUS [{body}|{same}|{any}|{empty}]]";

    private const string BlobPlace = "{body}";

    /// <summary>Reads a whole action, a request a step; gives what is wrong instead of the action where something is.</summary>
    public static (ActionPlan? Action, string? Error) ReadAction(IEnumerable<string> requests, string name = "request")
    {
        var steps = new List<Step>();
        foreach (var request in requests)
        {
            var (step, error) = Read(request, steps);
            if (step is null) return (null, error);
            steps.Add(step);
        }

        return (new ActionPlan(name, steps), null);
    }

    private static (Step? Step, string? Error) Read(string request, List<Step> earlier)
    {
        (Step?, string?) Wrong(string reason) => (null, $"'{request}': {reason}; wanted {Form}");
        var (asked, wanted) = request.Split("->", 2, StringSplitOptions.TrimEntries) is [var left, var right] ? (left, right) : (request, "");
        var words = asked.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words is not ([_, _] or [_, _, BlobPlace])) return Wrong("no method and path");
        var (method, path, sendsBlob) = (words[0], words[1], words.Length == 3);
        if (!method.All(char.IsAsciiLetterUpper)) return Wrong($"{method} is no method");
        if (path[0] != '/' || path.Any(letter => letter is <= ' ' or > '~')) return Wrong($"{path} is no path");

        var reply = wanted.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var status = 200;
        if (reply.Length > 2 || (reply.Length > 0 && !(int.TryParse(reply[0], NumberStyles.None, CultureInfo.InvariantCulture, out status) && status is >= 200 and <= 599)))
            return Wrong($"{wanted} is no status from 200 to 599");
        var body = reply.Length > 1 ? BodyOf(reply[1]) : UsualBody(method, path, earlier);
        if (body is null) return Wrong($"{reply[1]} is no body");
        return (new Step
        {
            Name = NameOf(method, earlier),
            Method = method,
            Path = path,
            SendsBlob = sendsBlob,
            WantedStatus = status,
            WantedBody = body.Value,
        }, null);
    }

    private static WantedBody? BodyOf(string text) => text switch
    {
        BlobPlace => WantedBody.Blob,
        "{same}" => WantedBody.Same,
        "{any}" => WantedBody.Any,
        "{empty}" => WantedBody.Empty,
        _ => null,
    };

    /// <summary>A GET of what was sent before gives that; a GET of one fixed thing gives the same each time.</summary>
    private static WantedBody UsualBody(string method, string path, List<Step> earlier) => method switch
    {
        "HEAD" => WantedBody.Empty,
        "GET" when earlier.Any(step => step.SendsBlob && step.Path == path) => WantedBody.Blob,
        "GET" when !path.Contains("{id}", StringComparison.Ordinal) => WantedBody.Same,
        _ => WantedBody.Any,
    };

    /// <summary>The method, and a number where it comes again: get, get-2.</summary>
    private static string NameOf(string method, List<Step> earlier)
    {
        var times = earlier.Count(step => step.Method == method) + 1;
        var name = method.ToLowerInvariant();
        return times == 1 ? name : $"{name}-{times}";
    }
}
