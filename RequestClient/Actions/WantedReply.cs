namespace RequestClient.Actions;

/// <summary>One reply that is right: its status and its body.</summary>
/// <param name="Status">The status.</param>
/// <param name="Body">What the body is.</param>
/// <param name="Text">The text, where the body is one; null otherwise.</param>
internal sealed record WantedReply(int Status, WantedBody Body, TextPattern? Text = null);
