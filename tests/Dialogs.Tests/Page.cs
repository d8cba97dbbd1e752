namespace Dialogs.Tests;

/// <summary>A page as a client sees it.</summary>
/// <param name="Messages">The newest first.</param>
/// <param name="Next">Where the next page is; null at the end.</param>
internal sealed record Page(IReadOnlyList<Listed> Messages, string? Next);
