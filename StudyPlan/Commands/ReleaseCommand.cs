using System.CommandLine;
using StudyPlan.Studies;

namespace StudyPlan.Commands;

/// <summary>StudyPlan release DIR: removes the blobs of a study that is over, if a study made that directory.</summary>
internal static class ReleaseCommand
{
    public static Command Create()
    {
        var folder = new Argument<string>("DIR") { Description = "BLOBS_DIR" };
        var command = new Command("release", "Remove the directory of blobs, if begin made it") { folder };
        command.SetAction(parse => BlobsFolder.Release(parse.GetRequiredValue(folder)));
        return command;
    }
}
