using StudyPlan.Studies;
using StudyPlan.Variables;

namespace StudyPlan.Commands;

/// <summary>StudyPlan settings: every variable as it was understood, for a shell to eval.</summary>
internal static class SettingsCommand
{
    /// <summary>The projects that every study needs built, beside its server.</summary>
    private static readonly string[] Tools = ["MultiProc", "RequestClient", "Graph"];

    public static int Run(Asked asked)
    {
        foreach (var variable in AllVariables.List.Where(variable => variable.Name != "OUT"))
            Console.WriteLine(ShellText.Assign(variable.Name, asked.Values[variable.Name]));
        Console.WriteLine(ShellText.Assign("OUT", asked.Folder));
        Console.WriteLine(ShellText.Assign("ACTION_FILE", asked.World.Asked.DescribedIn));
        Console.WriteLine(
            ShellText.Assign(
                "PROGRAMS", string.Join(' ', [.. Tools, .. asked.World.Project is { } server ? (string[])[server] : []])));
        Console.WriteLine(ShellText.Assign("RESET", ResetOf(asked)));
        Console.WriteLine(
            ShellText.Assign(
                "STUDIED", $"{StudiedServer.NameOf(asked.Values)} on {BlobsFolder.FileSystemOf(asked.Values["BLOBS_DIR"])}"));
        return 0;
    }

    /// <summary>What brings the state of the servers back to nothing before each run.</summary>
    private static string ResetOf(Asked asked) =>
        asked.World.Reset.Length > 0 ? asked.World.Reset : BlobsFolder.EmptyCommand(asked.Values["BLOBS_DIR"]);
}
