using System.CommandLine;
using System.CommandLine.Parsing;
using MultiProc.Configuration;

namespace MultiProc.Commands;

/// <summary>The options that say how requests come to the workers.</summary>
internal sealed class WayInOptions
{
    private static readonly string Names = string.Join(' ', WayInChoice.All.Select(choice => choice.Name));

    private readonly Option<string?> _wayIn = new Option<string?>("--way-in")
    {
        Description = $"How requests come to the workers, with the study's configuration: one of {Names} [default: none]",
        HelpName = "name",
    }.OneOf(WayInChoice.All.Select(choice => choice.Name));

    private readonly Option<string?> _haproxy = new Option<string?>("--haproxy")
    {
        Description = "HAProxy as the way in, with this configuration, such as haproxy/service.cfg",
    }.NotEmpty();

    private readonly Option<string?> _nginx = new Option<string?>("--nginx")
    {
        Description = "nginx as the way in, with this configuration, such as proxies/nginx.conf",
    }.NotEmpty();

    public IEnumerable<Option> Options => [_wayIn, _haproxy, _nginx];

    public void AddErrors(CommandResult result)
    {
        var given = Options.Where(option => result.GetResult(option) is { Implicit: false }).Select(option => option.Name)
            .ToList();
        if (given.Count > 1) result.AddError($"{string.Join(" and ", given)} are each a way in: pass one");
    }

    public WayInChoice Read(ParseResult parse) =>
        parse.GetValue(_haproxy) is { } haproxy ? WayInChoice.OfHaproxy(haproxy)
        : parse.GetValue(_nginx) is { } nginx ? WayInChoice.OfNginx(nginx)
        : WayInChoice.All.FirstOrDefault(choice => choice.Name == parse.GetValue(_wayIn)) ?? WayInChoice.None;

    /// <summary>What no single option shows to be wrong.</summary>
    public static string? FindProblem(Settings settings)
    {
        if (settings.WayIn == WayInChoice.Direct && settings.Procs > 1)
            return $"--way-in direct: one worker is the way in, not {settings.Procs}: pass --procs 1";
        return settings.WayIn == WayInChoice.SharedPort && !CommandTemplate.Mentions(settings.Command, CommandTemplate.Front)
            ? "--way-in reuseport: the command must listen on {front} beside {port}, with SO_REUSEPORT"
            : null;
    }
}
