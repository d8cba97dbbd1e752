namespace Stickers.Signing;

/// <summary>A token as somebody sent it; beside the state only what is Good or Expired means something.</summary>
internal readonly record struct ReadToken
{
    public required TokenState State { get; init; }

    /// <summary>By which the store knows that it was spent.</summary>
    public Guid Id { get; init; }

    public int StickerId { get; init; }

    public long ExpiresUnixSeconds { get; init; }
}
