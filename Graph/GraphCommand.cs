using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Graph.Analysis.Comparing;
using Graph.Inputs;

namespace Graph;

/// <summary>The command line: what is asked for, as <see cref="GraphOptions"/>.</summary>
internal static class GraphCommand
{
    private const string Description = """
        Draws the picture of a study and says what it shows.

        Examples:
          Graph runs.jsonl --out .                    results.txt, pictures, report.html, report.md, a line per action
          Graph results/2026-01-31_EPYC_2 --out /tmp   a stored study
          Graph results.txt --runs 5                  a table without single runs, of 5 runs each
          Graph new --baseline old --margin 3%        the same cells of two studies, and a margin of 3 %
          Graph runs.jsonl --look                     how far a study is that still runs
        """;

    /// <param name="run">Does what is asked for and gives the exit status.</param>
    public static RootCommand Create(Func<GraphOptions, Task<int>> run)
    {
        var inputs = new Argument<string[]>("INPUT")
        {
            Description = "runs.jsonl or results.txt, or a folder that holds one; the one in this folder when none is named",
            Arity = ArgumentArity.ZeroOrMore,
        };
        inputs.Validators.Add(result =>
        {
            if (result.Tokens.FirstOrDefault(token => token.Value.StartsWith('-')) is { } unknown)
                result.AddError($"there is no option {unknown.Value}: see --help (a file of that name is ./{unknown.Value})");
        });
        var output = new Option<string>("--out")
        {
            Description = "Folder to write to; it is made when it does not exist",
            DefaultValueFactory = _ => ".",
            HelpName = "DIR",
        };
        var runs = new Option<int>("--runs")
        {
            Description = "Runs that each line of a results.txt adds up",
            DefaultValueFactory = _ => 5,
            HelpName = "N",
            CustomParser = ParseRuns,
        };
        var margin = new Option<double>("--margin")
        {
            Description = "Ratios closer to 1 than this count as equal: 5% or 0.05",
            DefaultValueFactory = _ => DecisionRule.Default.MarginRatio,
            HelpName = "PERCENT",
            CustomParser = ParseMargin,
        };
        var baseline =
            new Option<string>("--baseline") { Description = "Another study, to compare each cell with", HelpName = "INPUT" };
        var verdict = new Option<string>("--verdict-json")
        {
            Description = "Write the answers to this file, for scripts",
            HelpName = "FILE",
        };
        var skipBad = new Option<bool>("--skip-bad")
        {
            Description = "Leave out lines that can't be read, with a warning, instead of stopping",
        };
        var noPictures = new Option<bool>("--no-pictures") { Description = "Write tables and report without pictures" };
        var look = new Option<bool>("--look")
        {
            Description = "Only say how many comparisons are open and the answer so far, while a study runs",
        };
        var final = new Option<bool>("--final") { Description = "With --look: the study ends here, whatever it shows" };
        var root =
            new RootCommand(Description) { inputs, output, runs, margin, baseline, verdict, skipBad, noPictures, look, final };
        root.SetAction(parse => run(new GraphOptions
        {
            Inputs = parse.GetValue(inputs) is { Length: > 0 } named ? named : [StudyReader.DefaultPath],
            OutputFolder = parse.GetValue(output)!,
            RunsPerRow = parse.GetValue(runs),
            Rule = new DecisionRule(parse.GetValue(margin)),
            Baseline = parse.GetValue(baseline),
            VerdictFile = parse.GetValue(verdict),
            SkipBad = parse.GetValue(skipBad),
            Pictures = !parse.GetValue(noPictures),
            Look = parse.GetValue(look),
            IsFinal = parse.GetValue(final),
        }));
        return root;
    }

    private static int ParseRuns(ArgumentResult result)
    {
        var text = result.Tokens.Single().Value;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var runs) && runs > 0) return runs;
        result.AddError($"--runs is '{OneLine.Of(text)}': give the number of runs, from 1");
        return 0;
    }

    private static double ParseMargin(ArgumentResult result)
    {
        var text = result.Tokens.Single().Value;
        var isPercent = text.EndsWith('%');
        if (double.TryParse(isPercent ? text[..^1] : text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
        {
            var ratio = isPercent ? number / 100 : number;
            if (ratio is > 0 and < 1) return ratio;
        }

        result.AddError(
            $"--margin is '{OneLine.Of(text)}': give a share between 0 and 1 such as 0.05, or a percentage such as 5%");
        return 0;
    }
}
