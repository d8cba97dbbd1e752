namespace Dialogs.Messages;

/// <summary>A message, as stored.</summary>
internal readonly record struct Message(Guid From, Guid To, byte[] Text, Place Place);
