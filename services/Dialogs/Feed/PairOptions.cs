using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using ServiceDefaults;

namespace Dialogs.Feed;

/// <summary>
/// Which users there are, and who of them write to each other; the same options make the same ones, wherever they stand.
/// </summary>
internal sealed class PairOptions
{
    private const int LeastUsers = 2;
    private const double MostExponent = 10;

    private readonly Option<int> _users =
        ServiceArguments.Count("--users", "How many users there are.", LeastUsers, int.MaxValue, usual: 1000);

    private readonly Option<int> _seed = ServiceArguments.Count(
        "--seed", "The same seed makes the same users and the same pairs.", int.MinValue, int.MaxValue, usual: 1);

    private readonly Option<double> _exponent = new("--zipf")
    {
        Description = "The exponent of Zipf's law by which they are drawn; 0: all are alike.",
        DefaultValueFactory = _ => 1.1,
        HelpName = "S",
        CustomParser = Exponent,
    };

    public void AddTo(Command command)
    {
        command.Add(_users);
        command.Add(_exponent);
        command.Add(_seed);
    }

    public Pairs Of(ParseResult parsed) => new(parsed.GetValue(_users), parsed.GetValue(_exponent), parsed.GetValue(_seed));

    private static double Exponent(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        var isNumber = double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var exponent);
        if (isNumber && exponent is >= 0 and <= MostExponent) return exponent;
        result.AddError($"--zipf is '{text}': give a number from 0 to {MostExponent}.");
        return 0;
    }
}
