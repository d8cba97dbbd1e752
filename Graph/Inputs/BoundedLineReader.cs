using System.Text;

namespace Graph.Inputs;

/// <summary>
/// Lines with their numbers, never longer than a bound, so that a damaged file without line ends does not fill the memory;
/// and whether the last one lacks its line end, as after a crash in the middle of writing.
/// </summary>
internal sealed class BoundedLineReader(TextReader inner) : TextReader
{
    /// <summary>Records with six full histograms stay far below this.</summary>
    private const int LongestLine = 4 * 1024 * 1024;

    private readonly StringBuilder _line = new();

    /// <summary>The number of the line that was read last, from 1.</summary>
    public int LineNumber { get; private set; }

    public bool LineWasTooLong { get; private set; }

    public bool LineWasCutOff { get; private set; }

    public override int Peek() => inner.Peek();

    /// <summary>Passes over one letter between lines.</summary>
    public void Skip()
    {
        if (inner.Read() == '\n') LineNumber++;
    }

    public override string? ReadLine()
    {
        _line.Clear();
        LineWasTooLong = false;
        var letter = inner.Read();
        if (letter < 0) return null;
        for (; letter >= 0 && letter != '\n'; letter = inner.Read())
        {
            if (_line.Length < LongestLine) _line.Append((char)letter);
            else LineWasTooLong = true;
        }

        LineNumber++;
        LineWasCutOff = letter < 0;
        return _line.ToString();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) inner.Dispose();
        base.Dispose(disposing);
    }
}
