using System.Globalization;

namespace StudyPlan.Variables;

/// <summary>How much is asked of the server in one run, written AMOUNTxKIB, for instance 20000x10.</summary>
internal readonly record struct Scenario(long Amount, int SizeKiB)
{
    public static bool TryParse(string text, out Scenario scenario)
    {
        scenario = default;
        if (text.Split('x') is not [var amountText, var sizeText]) return false;
        if (!long.TryParse(amountText, NumberStyles.None, CultureInfo.InvariantCulture, out var amount) || amount < 1) return false;
        if (!int.TryParse(sizeText, NumberStyles.None, CultureInfo.InvariantCulture, out var sizeKiB)) return false;
        scenario = new Scenario(amount, sizeKiB);
        return true;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Amount}x{SizeKiB}");
}
