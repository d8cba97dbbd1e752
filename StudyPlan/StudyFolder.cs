using System.Globalization;

namespace StudyPlan;

/// <summary>The folder of a new study.</summary>
internal static class StudyFolder
{
    /// <summary>Makes it and puts the plan there; its path, or why it can't be begun there.</summary>
    /// <param name="asked">Where; empty for results/DATE_CPU_CORES, with a + for each that is there already.</param>
    /// <param name="plan">The lines of plan.txt.</param>
    /// <param name="problem">Empty when all went well.</param>
    public static string Begin(string asked, IEnumerable<string> plan, out string problem)
    {
        var folder = asked.Length > 0 ? asked : FreshName(DateTime.Now, Machine.CpuModel(), Environment.ProcessorCount);
        problem = "";
        if (File.Exists(Path.Combine(folder, "runs.jsonl")))
        {
            problem = $"{folder} holds a study already: set OUT to another folder, or go on with it by RESUME={folder}";
            return folder;
        }

        try
        {
            Directory.CreateDirectory(folder);
            File.WriteAllLines(Path.Combine(folder, "plan.txt"), plan);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            problem = $"can't write to {folder}: {failure.Message.TrimEnd('.')}; set OUT to another folder";
        }

        return folder;
    }

    private static string FreshName(DateTime today, string cpu, int cores)
    {
        var words = string.Join('-', cpu.Split([.. cpu.Where(letter => !char.IsAsciiLetterOrDigit(letter))], StringSplitOptions.RemoveEmptyEntries));
        var name = string.Create(CultureInfo.InvariantCulture, $"results/{today:yyyy-MM-dd}_{words}_{cores}-cores");
        while (Directory.Exists(name)) name += "+";
        return name;
    }
}
