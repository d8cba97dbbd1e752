using System.CommandLine.Parsing;
using System.Globalization;
using System.Net;
using System.Text;
using BlobsServer.Storage.Addresses;

namespace BlobsServer.Options;

/// <summary>Values as people write them. What is wrong is told with the value, the bound and the remedy, in one line.</summary>
internal static class OptionValue
{
    // sun_path of sockaddr_un (unix(7)) has 108 bytes with the zero that ends it.
    private const int MaxSocketPathBytes = 107;

    public static Func<ArgumentResult, int> Number(string name, int least, int most)
    {
        var number = LargeNumber(name, least, most);
        return result => (int)(number(result) ?? least);
    }

    public static Func<ArgumentResult, long?> LargeNumber(string name, long least, long most) => result =>
    {
        var text = Text(result);
        var isNumber = long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value);
        if (isNumber && value >= least && value <= most) return value;
        result.AddError($"{name} is '{text}': give a number from {least} to {most}.");
        return null;
    };

    /// <summary>One of an enum's names. Its numbers are none: with --durability 1 nobody knows what he gets.</summary>
    public static Func<ArgumentResult, T> Choice<T>(string name) where T : struct, Enum => result =>
    {
        var text = Text(result);
        foreach (var choice in Enum.GetValues<T>())
        {
            if (choice.ToString().Equals(text, StringComparison.OrdinalIgnoreCase)) return choice;
        }

        var choices = string.Join(", ", Enum.GetNames<T>().Select(choice => choice.ToLowerInvariant()));
        result.AddError($"{name} is '{text}': give one of {choices}.");
        return default;
    };

    public static IPAddress? Address(ArgumentResult result)
    {
        var text = Text(result);
        if (text == "localhost") return IPAddress.Loopback;
        if (IPAddress.TryParse(text, out var address)) return address;
        result.AddError($"--host is '{text}': give an IP address, for instance 127.0.0.1 or 0.0.0.0.");
        return null;
    }

    public static Func<ArgumentResult, string?> Path(string name) => result =>
    {
        var text = Text(result);
        if (text.Length > 0) return text;
        result.AddError($"{name} is empty: give a path.");
        return null;
    };

    public static string? SocketPath(ArgumentResult result)
    {
        if (Path("--unix")(result) is not { } path) return null;
        path = System.IO.Path.GetFullPath(path);
        var bytes = Encoding.UTF8.GetByteCount(path);
        if (bytes <= MaxSocketPathBytes) return path;
        result.AddError(
            $"--unix is '{path}', which has {bytes} bytes: a socket's path may have {MaxSocketPathBytes}; choose a shorter one.");
        return null;
    }

    public static StoreAddress? Store(ArgumentResult result)
    {
        if (StoreAddress.TryParse(Text(result), out var address, out var problem)) return address;
        result.AddError($"--store: {problem}");
        return null;
    }

    private static string Text(ArgumentResult result) => result.Tokens.Count == 1 ? result.Tokens[0].Value : "";
}
