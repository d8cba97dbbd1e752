using System.Diagnostics.CodeAnalysis;

namespace StoreClients;

/// <summary>Where a store is, as <c>stores/NAME</c> prints it: SCHEME://[USER[:PASSWORD]@]HOST:PORT[/DATABASE].</summary>
public sealed record StoreUrl
{
    private static readonly Dictionary<string, StoreKind> Kinds = new(StringComparer.OrdinalIgnoreCase)
    {
        ["redis"] = StoreKind.Redis,
        ["postgresql"] = StoreKind.PostgreSql,
        ["postgres"] = StoreKind.PostgreSql,
        ["tarantool"] = StoreKind.Tarantool,
    };

    public required StoreKind Kind { get; init; }

    public required string Host { get; init; }

    public required int Port { get; init; }

    /// <summary>Null when the URL names none.</summary>
    public string? User { get; init; }

    /// <summary>Null when the URL has none.</summary>
    public string? Password { get; init; }

    /// <summary>Null when the URL names none.</summary>
    public string? Database { get; init; }

    /// <returns>Whether the text is such a URL; else <paramref name="problem"/> says what is wrong and what to write.</returns>
    public static bool TryParse(string text, [NotNullWhen(true)] out StoreUrl? url, [NotNullWhen(false)] out string? problem)
    {
        url = null;
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || !Kinds.TryGetValue(uri.Scheme, out var kind))
        {
            problem = $"'{text}' is no store: give redis://HOST:PORT, postgresql://USER@HOST:PORT/DATABASE or tarantool://USER:PASSWORD@HOST:PORT";
            return false;
        }

        if (uri.Host.Length == 0 || uri.Port <= 0)
        {
            problem = $"'{text}' has no host or no port: give {uri.Scheme}://HOST:PORT";
            return false;
        }

        var name = uri.UserInfo.Split(':', 2);
        url = new StoreUrl
        {
            Kind = kind,
            Host = uri.IdnHost,
            Port = uri.Port,
            User = Decode(name[0]),
            Password = name.Length == 2 ? Decode(name[1]) : null,
            Database = Decode(uri.AbsolutePath.Trim('/')),
        };
        problem = null;
        return true;
    }

    /// <exception cref="FormatException">The text is no such URL.</exception>
    public static StoreUrl Parse(string text) =>
        TryParse(text, out var url, out var problem) ? url : throw new FormatException(problem);

    /// <summary>For messages: without the password.</summary>
    public override string ToString() => $"{Kind.ToString().ToLowerInvariant()}://{Host}:{Port}";

    private static string? Decode(string part) => part.Length == 0 ? null : Uri.UnescapeDataString(part);
}
