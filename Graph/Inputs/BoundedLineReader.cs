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

    private readonly char[] _buffer = new char[64 * 1024];
    private readonly StringBuilder _line = new();
    private int _next;
    private int _end;

    /// <summary>The number of the line that was read last, from 1.</summary>
    public int LineNumber { get; private set; }

    public bool LineWasTooLong { get; private set; }

    public bool LineWasCutOff { get; private set; }

    public override int Peek() => Fill() ? _buffer[_next] : -1;

    public override int Read() => Fill() ? _buffer[_next++] : -1;

    /// <summary>Passes over one letter between lines.</summary>
    public void Skip()
    {
        if (Read() == '\n') LineNumber++;
    }

    public override string? ReadLine()
    {
        LineWasTooLong = false;
        if (!Fill()) return null;
        _line.Clear();
        LineWasCutOff = true;
        while (LineWasCutOff && Fill())
        {
            var rest = _buffer.AsSpan(_next, _end - _next);
            var length = rest.IndexOf('\n');
            LineWasCutOff = length < 0;
            var part = LineWasCutOff ? rest : rest[..length];
            _next += LineWasCutOff ? part.Length : part.Length + 1;
            if (_line.Length + part.Length <= LongestLine) _line.Append(part);
            else LineWasTooLong = true;
        }

        LineNumber++;
        return _line.ToString();
    }

    private bool Fill()
    {
        if (_next < _end) return true;
        _next = 0;
        _end = inner.Read(_buffer, 0, _buffer.Length);
        return _end > 0;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) inner.Dispose();
        base.Dispose(disposing);
    }
}
