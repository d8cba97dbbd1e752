using System.Globalization;

namespace StudyPlan.Studies;

/// <summary>Where a study is kept when nobody says where.</summary>
internal static class StudyFolder
{
    /// <summary>results/DATE_CPU_CORES, with a + for each that is there already.</summary>
    public static string FreshName() => FreshName(DateTime.Now, Machine.CpuModel(), Environment.ProcessorCount);

    private static string FreshName(DateTime today, string cpu, int cores)
    {
        var words = string.Join('-', cpu.Split(
            [.. cpu.Where(letter => !char.IsAsciiLetterOrDigit(letter))], StringSplitOptions.RemoveEmptyEntries));
        var name = string.Create(CultureInfo.InvariantCulture, $"results/{today:yyyy-MM-dd}_{words}_{cores}-cores");
        while (Directory.Exists(name)) name += "+";
        return name;
    }
}
