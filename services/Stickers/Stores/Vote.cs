namespace Stickers.Stores;

/// <summary>A vote that somebody was given the token for.</summary>
/// <param name="Token">Counts once.</param>
/// <param name="StickerId">What is voted for or against.</param>
/// <param name="IsPlus">For.</param>
/// <param name="ExpiresUnixSeconds">When the token can't be used any more.</param>
/// <param name="ForgottenUnixSeconds">Spent tokens that expired before this moment need not be remembered.</param>
internal sealed record Vote(Guid Token, int StickerId, bool IsPlus, long ExpiresUnixSeconds, long ForgottenUnixSeconds);
