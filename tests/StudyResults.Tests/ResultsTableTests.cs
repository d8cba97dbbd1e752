using System.Globalization;

namespace StudyResults.Tests;

public sealed class ResultsTableTests
{
    private static readonly CultureInfo Comma = new("") { NumberFormat = new NumberFormatInfo { NumberDecimalSeparator = "," } };

    [Fact]
    public void Read_LineOfTheOriginalStudy_GivesItsRow()
    {
        var reading = ResultsTable.Read(new StringReader("8 delete 1000 10 3.29797801971\n\n  1 put 1 0 1e-3\r\n"));

        Assert.Empty(reading.Faults);
        Assert.Equal(
            [new ResultsRow(8, "delete", 1000, 10, 3.29797801971), new ResultsRow(1, "put", 1, 0, 0.001)], reading.Rows);
    }

    [Theory]
    [InlineData("1 put 1000 10", "4 columns")]
    [InlineData("1 put 1000 10 1.5 6", "6 columns")]
    [InlineData("0 put 1000 10 1.5", "procs is '0'")]
    [InlineData("1025 put 1000 10 1.5", "procs is '1025'")]
    [InlineData("-1 put 1000 10 1.5", "procs is '-1'")]
    [InlineData("1 p\u001b[31mut 1000 10 1.5", "action is 'p?[31mut'")]
    [InlineData("1 put 0 10 1.5", "amount is '0'")]
    [InlineData("1 put 99999999999999999999 10 1.5", "amount is '99999999999999999999'")]
    [InlineData("1 put 1000 ten 1.5", "size is 'ten'")]
    [InlineData("1 put 1000 10 1,5", "seconds is '1,5'")]
    [InlineData("1 put 1000 10 0", "seconds is '0'")]
    [InlineData("1 put 1000 10 -1", "seconds is '-1'")]
    [InlineData("1 put 1000 10 NaN", "seconds is 'NaN'")]
    [InlineData("1 put 1000 10 1e999", "seconds is '1e999'")]
    public void Read_BadLine_NamesTheLineAndTheValue(string line, string problem)
    {
        var reading = ResultsTable.Read(new StringReader($"1 list 1000 10 1.5\n{line}\n2 list 1000 10 1.5\n"));

        var fault = Assert.Single(reading.Faults);
        Assert.Equal(2, fault.Line);
        Assert.Contains(problem, fault.Problem, StringComparison.Ordinal);
        Assert.Equal(2, reading.Rows.Count);
    }

    [Fact]
    public void Read_CellTwice_IsAFaultThatNamesBothLines()
    {
        var reading = ResultsTable.Read(new StringReader("1 put 1000 10 1.5\n2 put 1000 10 1.5\n1 put 1000 10 1.6\n"));

        Assert.Equal(new ResultsFault(3, "repeats the cell of line 1"), Assert.Single(reading.Faults));
    }

    [Fact]
    public void Write_RowsInAnyOrder_OrdersByProcessesThenActionThenScenario()
    {
        using var text = new StringWriter(Comma);

        ResultsTable.Write(text,
        [
            new ResultsRow(2, "baseline", 20, 10, 1), new ResultsRow(1, "delete", 20, 10, 1),
            new ResultsRow(1, "zebra", 20, 10, 1),
            new ResultsRow(1, "put", 20, 1000, 1234.5), new ResultsRow(1, "put", 20, 10, 0.25),
            new ResultsRow(1, "list", 20, 10, 1),
        ]);

        Assert.Equal(
            """
            1 list 20 10 1.000000
            1 put 20 10 0.250000
            1 put 20 1000 1234.500000
            1 delete 20 10 1.000000
            1 zebra 20 10 1.000000
            2 baseline 20 10 1.000000

            """, text.ToString());
    }

    [Fact]
    public void From_SeveralRunsOfACell_AddsTheirSeconds()
    {
        var rows = ResultsTable.From([Run(2, 1000, 1.5), Run(2, 1000, 2.5), Run(1, 1000, 1)]);

        Assert.Equal([new ResultsRow(1, "put", 1000, 10, 1), new ResultsRow(2, "put", 1000, 10, 4)], rows);
    }

    [Fact]
    public void From_RunThatSearchedTheHighestRate_CountsWhatTheAmountTakesAtIt()
    {
        var run = Run(1, 700, 1) with { Amount = 1000, Capacity = Records.Example().Capacity! with { RatePerSecond = 500 } };
        Assert.Equal([new ResultsRow(1, "put", 1000, 10, 2)], ResultsTable.From([run]));
    }

    [Fact]
    public void From_RunWithFailedOperations_CountsTheTimeThatTheAmountWouldHaveTaken()
    {
        var rows = ResultsTable.From([Run(1, 500, 1.5), Run(1, 0, 9)]);

        Assert.Equal(new ResultsRow(1, "put", 1000, 10, 3), Assert.Single(rows));
    }

    [Fact]
    public void From_RunWithoutProcessCount_IsLeftOut() => Assert.Empty(ResultsTable.From([Run(null, 1000, 1)]));

    private static RunRecord Run(int? procs, long operations, double seconds) => Records.Example() with
    {
        Capacity = null,
        Procs = procs,
        Action = "put",
        Amount = 1000,
        SizeKiB = 10,
        Operations = operations,
        ElapsedSeconds = seconds,
    };
}
