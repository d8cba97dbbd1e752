using System.CommandLine;
using StudyResults;

namespace MultiProc.Commands;

/// <summary>An option that takes a length of time, as all of the study's programs do.</summary>
internal static class TimeOption
{
    private static readonly TimeSpan Most = TimeSpan.FromDays(1);

    public static Option<TimeSpan?> Create(string name, string description, TimeSpan least) => new(name)
    {
        Description = description,
        HelpName = "time",
        CustomParser = result =>
        {
            var text = result.Tokens is [var token] ? token.Value : "";
            if (TimeText.Parse(text) is { } time && time >= least && time <= Most) return time;
            result.AddError($"{name} is {text}: pass {TimeText.Form}, from {TimeText.Of(least)} to {TimeText.Of(Most)}");
            return null;
        },
    };
}
