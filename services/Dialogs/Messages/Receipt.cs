namespace Dialogs.Messages;

/// <summary>What was stored, now or by the first of several sends of one message.</summary>
/// <param name="Dialog">Where it is.</param>
/// <param name="Place">Where in there.</param>
internal readonly record struct Receipt(Dialog Dialog, Place Place);
