using System.CommandLine;

namespace Dialogs.Feed;

/// <summary>Which users there are, and who of them write to each other; the same options make the same ones, wherever they stand.</summary>
internal sealed class PairOptions
{
    private const int LeastUsers = 2;
    private const double MostExponent = 10;

    private readonly Option<int> _users = new("--users") { Description = "How many users there are.", DefaultValueFactory = _ => 1000, HelpName = "N" };
    private readonly Option<int> _seed = new("--seed") { Description = "The same seed makes the same users and the same pairs.", DefaultValueFactory = _ => 1, HelpName = "S" };

    private readonly Option<double> _exponent = new("--zipf")
    {
        Description = "The exponent of Zipf's law by which they are drawn; 0: all are alike.",
        DefaultValueFactory = _ => 1.1,
        HelpName = "S",
    };

    public PairOptions()
    {
        AtLeast(_users, LeastUsers);
        _exponent.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && !(result.GetValueOrDefault<double>() is >= 0 and <= MostExponent))
                result.AddError($"{_exponent.Name} is '{result.Tokens[0].Value}': give a number from 0 to {MostExponent}.");
        });
    }

    /// <summary>An option whose number must not be less.</summary>
    public static void AtLeast(Option<int> option, int least) => option.Validators.Add(result =>
    {
        if (result.Tokens.Count == 1 && result.GetValueOrDefault<int>() < least)
            result.AddError($"{option.Name} is '{result.Tokens[0].Value}': give a number, {least} at least.");
    });

    public void AddTo(Command command)
    {
        command.Add(_users);
        command.Add(_exponent);
        command.Add(_seed);
    }

    public Pairs Of(ParseResult parsed) => new(parsed.GetValue(_users), parsed.GetValue(_exponent), parsed.GetValue(_seed));
}
