using System.Globalization;

namespace RequestClient.Display;

/// <summary>Numbers as people read them, the same in every locale.</summary>
internal static class Units
{
    /// <summary>Three digits and the unit that suits: 1.23 us, 12.3 ms, 1.23 s.</summary>
    public static string Duration(double microseconds) => microseconds switch
    {
        < 1e3 => Digits(microseconds) + " us",
        < 1e6 => Digits(microseconds / 1e3) + " ms",
        _ => Digits(microseconds / 1e6) + " s",
    };

    public static string Digits(double value) => value.ToString(
        Math.Abs(value) switch { < 10 => "0.00", < 100 => "0.0", _ => "0" }, CultureInfo.InvariantCulture);

    public static string Count(double value) => value.ToString("#,0", CultureInfo.InvariantCulture);
}
