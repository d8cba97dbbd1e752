namespace StudyPlan.Variables;

/// <summary>What a shell can eval.</summary>
internal static class ShellText
{
    /// <summary>NAME='VALUE', whatever the value holds.</summary>
    public static string Assign(string name, string value) => $"{name}='{value.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
