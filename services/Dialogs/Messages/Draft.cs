namespace Dialogs.Messages;

/// <summary>A message that is to be stored.</summary>
internal sealed record Draft
{
    public const int MostMessageIdLetters = 64;

    /// <summary>Its id, unless it is a repeat.</summary>
    public Guid Id { get; } = Guid.CreateVersion7();

    public required Guid From { get; init; }

    public required Guid To { get; init; }

    /// <summary>By which its sender will know it again, in UTF-8; null: sent again it is another message.</summary>
    public byte[]? MessageId { get; init; }

    /// <summary>In UTF-8, as is everything of people's that is only passed on.</summary>
    public required byte[] Text { get; init; }

    public Dialog Dialog => Dialog.Of(From, To);
}
