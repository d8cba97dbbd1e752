using System.Text;
using Blobs.TestSupport;
using Dialogs.Tokens;

namespace Dialogs.Tests;

/// <summary>The key that all processes under test are given, in a file.</summary>
internal static class Keys
{
    /// <summary>Long enough for HS512 too: a token that is signed so is refused for its algorithm and not for our key.</summary>
    public static byte[] Ours { get; } = Encoding.UTF8.GetBytes("a key of the tests, 64 bytes or more: a key of the tests, 64 bytes");

    private static readonly Lazy<string> Folder = new(MakeFolder);

    /// <summary>The option for a process.</summary>
    public static string[] Option => ["--jwt-key", Path.Combine(Folder.Value, "jwt.key")];

    public static string TokenOf(Guid user) => new TokenWriter(Ours).Write(user, DateTimeOffset.UtcNow.AddHours(1));

    private static string MakeFolder()
    {
        var folder = new TempDirectory();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => folder.Dispose();
        File.WriteAllBytes(folder["jwt.key"], Ours);
        return folder.FullPath;
    }
}
