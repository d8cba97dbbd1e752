namespace Graph.Phrases;

/// <summary>What was studied, in a few words for titles: "Blobs Server", or the command of somebody's own server.</summary>
internal static class Subject
{
    private const string Ours = "Blobs Server";
    private const string OurProgram = "BlobsServer";
    private const int Longest = 60;

    /// <param name="store">The server and what it stores on, as records name it: "python3 app.py {dir} {port} on ext4"; null for
    /// ours.</param>
    public static string Of(string? store)
    {
        if (store is null || store.StartsWith(OurProgram, StringComparison.Ordinal)) return Ours;
        var end = store.LastIndexOf(" on ", StringComparison.Ordinal);
        var words = (end < 0 ? store : store[..end]).Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .TakeWhile(word => !word.Contains('{', StringComparison.Ordinal) && !word.StartsWith('-')).ToList();
        var name = string.Join(' ', words);
        return name.Length switch { 0 => "a server", > Longest => name[..Longest] + "...", _ => name };
    }
}
