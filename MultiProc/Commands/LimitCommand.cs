using System.CommandLine;
using System.Globalization;
using MultiProc.Configuration;
using MultiProc.Control;

namespace MultiProc.Commands;

/// <summary>MultiProc limit: sets limits of processor time at once, and says what the kernel has then.</summary>
internal static class LimitCommand
{
    private const string NoLimit = "none";

    public static Command Create(Option<string> control)
    {
        var workers = Cores("--cpu", "Cores that each worker may use, or none");
        var store = Cores("--store-cpu", "Cores that the store may use, or none");
        var proxy = Cores("--proxy-cpu", "Cores that HAProxy or nginx may use, or none");
        var command = new Command("limit", "Limits processor time from now on") { workers, store, proxy };
        command.Validators.Add(result =>
        {
            if (new Option[] { workers, store, proxy }.All(option => result.GetResult(option) is null))
                result.AddError("limit what? pass --cpu, --store-cpu or --proxy-cpu");
        });
        command.SetAction(async (parse, cancellation) =>
        {
            var wanted = new Dictionary<string, double?>();
            Add(LimitBody.Workers, parse.GetValue(workers));
            Add(LimitBody.Store, parse.GetValue(store));
            Add(LimitBody.Proxy, parse.GetValue(proxy));
            using var client = new ControlClient(ControlPath.Of(parse.GetValue(control)));
            var (limits, problem) = await client.LimitAsync(wanted, cancellation);
            if (limits is null) return CommandLine.Fail(problem ?? "the supervisor did not say what the limits are");
            Console.WriteLine(
                $"workers {Text(limits.CpuCores)}, store {Text(limits.StoreCpuCores)}, proxy {Text(limits.ProxyCpuCores)}");
            return 0;

            void Add(string name, string? cores)
            {
                if (cores is not null) wanted[name] = cores == NoLimit ? null : double.Parse(cores, CultureInfo.InvariantCulture);
            }
        });
        return command;
    }

    private static Option<string?> Cores(string name, string description)
    {
        var option = new Option<string?>(name) { Description = description, HelpName = "cores|none" };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && token.Value != NoLimit
                && !(double.TryParse(token.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var cores)
                    && cores is >= ComponentLimits.LeastCores and <= ComponentLimits.MostCores))
            {
                result.AddError($"{name} is {token.Value}: pass cores such as 0.1, or none");
            }
        });
        return option;
    }

    private static string Text(double? cores) => cores?.ToString(CultureInfo.InvariantCulture) ?? NoLimit;
}
