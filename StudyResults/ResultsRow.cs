namespace StudyResults;

/// <summary>One line of results.txt: what one cell of the study took, its runs added up.</summary>
/// <param name="Procs">Server processes behind the proxy, from 1.</param>
/// <param name="Action">baseline, list, put, get, flag or delete.</param>
/// <param name="Amount">Operations in each run, from 1.</param>
/// <param name="SizeKiB">Size of each blob in blocks of 1024 bytes.</param>
/// <param name="Seconds">Seconds that the runs took together; the table does not say how many runs there were.</param>
public sealed record ResultsRow(int Procs, string Action, long Amount, int SizeKiB, double Seconds);

/// <summary>A line that can't be read, and why.</summary>
/// <param name="Line">The line's number, from 1.</param>
/// <param name="Problem">What is wrong with it, with the value, in one line that is safe on a terminal.</param>
public sealed record ResultsFault(int Line, string Problem);

/// <summary>A results.txt as far as it can be read: every line is a row or a fault.</summary>
public sealed record ResultsReading(IReadOnlyList<ResultsRow> Rows, IReadOnlyList<ResultsFault> Faults);
