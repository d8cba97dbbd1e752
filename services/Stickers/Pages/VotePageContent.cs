using Stickers.Collection;
using Stickers.Signing;
using Stickers.Stores;

namespace Stickers.Pages;

/// <summary>What the page to vote on shows.</summary>
internal sealed record VotePageContent
{
    public required Pair Pair { get; init; }

    /// <summary>Each sticker gets a new one.</summary>
    public required VoteTokens Tokens { get; init; }

    /// <summary>How often this visitor voted.</summary>
    public required uint Votes { get; init; }

    /// <summary>The sticker whose vote was counted just now; null when none was.</summary>
    public Sticker? Voted { get; init; }

    /// <summary>Why a vote did not count; null when there was none, or it counted.</summary>
    public string? Refusal { get; init; }
}
