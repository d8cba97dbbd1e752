using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Net;
using StoreClients;

namespace ServiceDefaults;

/// <summary>Values as people write them. What is wrong is told with the value, the bound and the remedy, in one line.</summary>
public static class ServiceArguments
{
    private const int MaxPort = 65535;

    /// <summary>A whole number within bounds.</summary>
    public static Func<ArgumentResult, long> Number(string name, long least, long most) => result =>
    {
        var text = Text(result);
        var isNumber = long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value);
        if (isNumber && value >= least && value <= most) return value;
        result.AddError($"{name} is '{text}': give a number from {least} to {most}.");
        return least;
    };

    /// <summary>An option that is a whole number within bounds.</summary>
    public static Option<int> Count(string name, string description, int least, int most, int usual) => new(name)
    {
        Description = description,
        DefaultValueFactory = _ => usual,
        HelpName = "N",
        CustomParser = result => (int)Number(name, least, most)(result),
    };

    internal static int Port(ArgumentResult result) => (int)Number("PORT", 1, MaxPort)(result);

    internal static StoreUrl? Store(ArgumentResult result)
    {
        if (StoreUrl.TryParse(Text(result), out var url, out var problem)) return url;
        result.AddError($"--store: {problem}.");
        return null;
    }

    internal static IPAddress? Address(ArgumentResult result)
    {
        var text = Text(result);
        if (text == "localhost") return IPAddress.Loopback;
        if (IPAddress.TryParse(text, out var address)) return address;
        result.AddError($"--host is '{text}': give an IP address, for instance 127.0.0.1 or 0.0.0.0.");
        return null;
    }

    internal static LogFormat Log(ArgumentResult result)
    {
        var text = Text(result);
        switch (text)
        {
            case "json": return LogFormat.Json;
            case "none": return LogFormat.None;
        }

        result.AddError($"--log is '{text}': give one of json, none.");
        return LogFormat.None;
    }

    private static string Text(ArgumentResult result) => result.Tokens.Count == 1 ? result.Tokens[0].Value : "";
}
