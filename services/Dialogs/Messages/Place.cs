using System.Globalization;

namespace Dialogs.Messages;

/// <summary>Where a message stands in its dialog. The ids only order messages of one microsecond.</summary>
/// <param name="CreatedUs">Microseconds since 1970, by the store's clock, which all processes share.</param>
/// <param name="Id">The message's.</param>
internal readonly record struct Place(long CreatedUs, Guid Id)
{
    private const char Between = '-';

    public DateTime CreatedAt => DateTime.UnixEpoch.AddMicroseconds(CreatedUs);

    public static bool TryParse(string text, out Place place)
    {
        place = default;
        var end = text.IndexOf(Between, StringComparison.Ordinal);
        if (end < 0 || !Guid.TryParseExact(text.AsSpan(end + 1), "D", out var id)) return false;
        if (!long.TryParse(text.AsSpan(0, end), NumberStyles.None, CultureInfo.InvariantCulture, out var createdUs)) return false;
        place = new Place(createdUs, id);
        return true;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{CreatedUs}{Between}{Id}");
}
