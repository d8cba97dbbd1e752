using System.CommandLine;
using System.Text;

namespace ServiceDefaults;

/// <summary>
/// A secret that all processes of a service share: every byte of a file, or else the text of a variable. It is never an argument
/// itself: everybody may read those.
/// </summary>
public sealed class SecretKey
{
    /// <summary>As many as SHA-256 gives (RFC 7518 section 3.2).</summary>
    private const int LeastBytes = 32;

    private readonly Option<string?> _file;
    private readonly string _variable;

    /// <param name="option">The option's name.</param>
    /// <param name="variable">The variable's name.</param>
    public SecretKey(string option, string variable)
    {
        _variable = variable;
        _file = new Option<string?>(option)
        {
            Description =
                $"A file whose bytes, {LeastBytes} at least, are the key; without it the variable {variable} is the key.",
            HelpName = "FILE",
        };
    }

    /// <summary>Commands that are given it don't run without a good one: bad usage.</summary>
    public void AddTo(Command command)
    {
        command.Add(_file);
        command.Validators.Add(result =>
        {
            if (Read(result.GetValue(_file)).Problem is { } problem) result.AddError($"{problem}.");
        });
    }

    /// <summary>The key that a command was given.</summary>
    public byte[] Of(ParseResult parsed) =>
        Read(parsed.GetValue(_file)) is { Problem: null } read
            ? read.Key
            : throw new InvalidOperationException("the command was not parsed with this key");

    private (byte[] Key, string? Problem) Read(string? path)
    {
        try
        {
            if (path is not null) return Judged($"{_file.Name} {path}", File.ReadAllBytes(path));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return ([], $"{_file.Name} is '{path}', which cannot be read: {failure.Message.TrimEnd('.')}");
        }

        return Environment.GetEnvironmentVariable(_variable) is { Length: > 0 } text
            ? Judged($"the variable {_variable}", Encoding.UTF8.GetBytes(text))
            : ([], $"there is no key: give {_file.Name} FILE, or set the variable {_variable}, "
                + "for instance to what 'openssl rand -base64 32' prints");
    }

    private static (byte[] Key, string? Problem) Judged(string place, byte[] key) =>
        key.Length >= LeastBytes ? (key, null) : ([], $"{place} holds {key.Length} bytes: a key has at least {LeastBytes}");
}
