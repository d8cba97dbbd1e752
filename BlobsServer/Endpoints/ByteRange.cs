using System.Globalization;

namespace BlobsServer.Endpoints;

/// <summary>What a Range header asks of a blob of a known size (RFC 9110, 14.1.2 and 14.2).</summary>
/// <param name="Kind">Everything, a part, or something that can't be had.</param>
/// <param name="Start">Of the part.</param>
/// <param name="Length">Of the part; at least 1.</param>
internal readonly record struct ByteRange(ByteRangeKind Kind, long Start, long Length)
{
    private const string Unit = "bytes=";

    private static readonly ByteRange NotSatisfiable = new(ByteRangeKind.NotSatisfiable, 0, 0);

    /// <summary>
    /// Several ranges are answered in full, which RFC 9110 allows. What is no range at all is 416 here, where RFC 9110 would
    /// ignore it: the original's clients test for that.
    /// </summary>
    public static ByteRange Parse(string? header, long sizeBytes)
    {
        var everything = new ByteRange(ByteRangeKind.Everything, 0, sizeBytes);
        if (header is null) return everything;
        var text = header.AsSpan().Trim();
        if (!text.StartsWith(Unit, StringComparison.OrdinalIgnoreCase)) return NotSatisfiable;
        text = text[Unit.Length..].Trim();
        if (text.Contains(',')) return everything;

        var dash = text.IndexOf('-');
        if (dash < 0) return NotSatisfiable;
        var firstText = text[..dash];
        var lastText = text[(dash + 1)..];
        if (firstText.IsEmpty) return Position(lastText) is { } count ? Suffix(count, sizeBytes) : NotSatisfiable;
        if (Position(firstText) is not { } first || first >= sizeBytes) return NotSatisfiable;
        if (lastText.IsEmpty) return new(ByteRangeKind.Part, first, sizeBytes - first);
        if (Position(lastText) is not { } last || last < first) return NotSatisfiable;
        return new(ByteRangeKind.Part, first, Math.Min(last, sizeBytes - 1) - first + 1);
    }

    private static ByteRange Suffix(long count, long sizeBytes)
    {
        var length = Math.Min(count, sizeBytes);
        return length == 0 ? NotSatisfiable : new(ByteRangeKind.Part, sizeBytes - length, length);
    }

    /// <summary>Digits only; what doesn't fit a long is as good as the largest.</summary>
    private static long? Position(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty || text.ContainsAnyExceptInRange('0', '9')) return null;
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : long.MaxValue;
    }
}

internal enum ByteRangeKind
{
    Everything,
    Part,
    NotSatisfiable,
}
