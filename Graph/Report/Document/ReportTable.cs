using Graph.Spelling;

namespace Graph.Report.Document;

/// <summary>A table as data, for every form of the report.</summary>
internal sealed record ReportTable(
    string Title, IReadOnlyList<ReportColumn> Columns, IReadOnlyList<IReadOnlyList<ReportValue>> Rows);

/// <param name="Name">The head of the column, with its unit.</param>
/// <param name="IsNumber">Whether it is aligned and sorted as numbers.</param>
/// <param name="IsProse">Whether its values are sentences, which may be broken.</param>
internal sealed record ReportColumn(string Name, bool IsNumber = false, bool IsProse = false);

/// <param name="Text">What is shown; empty for nothing.</param>
/// <param name="SortKey">What numbers are sorted by; null sorts last.</param>
internal sealed record ReportValue(string Text, double? SortKey = null)
{
    /// <summary>What it amounts to.</summary>
    public Tone Tone { get; init; }

    public bool Bold { get; init; }

    public static implicit operator ReportValue(string text) => new(text);

    public static ReportValue Measured(double? value) => value is { } number ? new(Words.Measured(number), number) : new("");
}
