using System.CommandLine;
using RequestClient.Blobs;

namespace RequestClient.Commands;

/// <summary>RequestClient verify DIR: are the blobs on the disk what put runs sent, byte for byte?</summary>
internal static class VerifyCommand
{
    private const int MaxShown = 10;

    public static Command Build()
    {
        var directory = new Argument<DirectoryInfo>("DIR") { Description = "The server's directory" };
        var user = new Option<string>("--user") { Description = "Whose blobs", DefaultValueFactory = _ => "study" };
        var count = Options.Whole("--count", "How many there must be (default: at least one)");
        var size = Options.Whole("--size", "The size that each must have, in KiB (default: any)");
        var command = new Command("verify", "Check blobs that runs left on a disk against their names, byte for byte")
        {
            directory, user, count, size,
        };
        command.SetAction(parse => Run(
            parse.GetValue(directory)!, parse.GetValue(user)!, parse.GetValue(count), parse.GetValue(size) * 1024));
        return command;
    }

    private static int Run(DirectoryInfo directory, string user, long? count, long? length)
    {
        var home = Path.Combine(directory.FullName, user, "default");
        if (!Directory.Exists(home)) throw new RunFailedException($"no {home}: is DIR the server's directory, and --user right?");
        var blobs = new StoredBlobs(directory.FullName, user, length);
        var wrong = 0L;
        foreach (var problem in blobs.Problems())
        {
            if (wrong++ < MaxShown) Console.Error.WriteLine(problem);
        }

        Console.WriteLine($"{blobs.RightCount} blobs right, {wrong} wrong");
        if (count is { } wanted && blobs.RightCount != wanted) throw new RunFailedException($"{wanted} right blobs were wanted");
        return wrong == 0 && blobs.RightCount > 0 ? 0 : 1;
    }
}
