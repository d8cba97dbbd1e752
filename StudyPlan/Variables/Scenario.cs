using System.Globalization;
using RequestClient.Actions;
using RequestClient.Commands;

namespace StudyPlan.Variables;

/// <summary>How much is asked of the server in one run, written AMOUNTxKIB, for instance 20000x10.</summary>
internal readonly record struct Scenario(long Amount, int SizeKiB)
{
    public static bool TryParse(string text, out Scenario scenario)
    {
        scenario = default;
        if (text.Split('x') is not [var amountText, var sizeText]) return false;
        if (!long.TryParse(amountText, NumberStyles.None, CultureInfo.InvariantCulture, out var amount) || amount < 1)
            return false;
        if (!int.TryParse(sizeText, NumberStyles.None, CultureInfo.InvariantCulture, out var sizeKiB)
            || sizeKiB > Options.MaxSizeKiB)
        {
            return false;
        }

        scenario = new Scenario(amount, sizeKiB);
        return text == scenario.ToString();
    }

    /// <summary>The operations of a trace, with blobs as large as another scenario's.</summary>
    public static Scenario Of(Trace trace, string other) =>
        new(trace.DueNanoseconds.Length, TryParse(other, out var scenario) ? scenario.SizeKiB : 0);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Amount}x{SizeKiB}");
}
