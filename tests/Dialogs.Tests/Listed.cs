namespace Dialogs.Tests;

/// <summary>A message as a client sees it.</summary>
internal sealed record Listed(Guid Id, Guid From, Guid To, string Text, DateTimeOffset CreatedAt);
