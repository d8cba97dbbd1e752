namespace Stickers.Collection;

/// <summary>What a sticker is called, and what is said about it.</summary>
internal static class StickerNames
{
    private static readonly string[] Beginnings =
        ["Mo", "Ki", "Bu", "Lo", "Pi", "Ta", "Zu", "Ne", "Ro", "Fi", "Gu", "Wi", "Du", "Sa", "Ho", "Ye"];
    private static readonly string[] Ends =
        ["mo", "bu", "li", "ko", "pi", "na", "zo", "ri", "lu", "fe", "do", "by", "ki", "sa", "mi", "ta"];

    private static readonly string[] Epithets =
        [
            "Early", "Second", "Round", "Unready", "Loud", "Wise", "Small", "Late", "Soft", "Bright", "Patient", "Odd", "Swift",
                "Kind"
        ];

    private static readonly string[] Likes =
    [
        "rain on tin roofs", "warm bread", "long queues", "small spoons", "the letter Q", "old maps", "other people's umbrellas",
        "Tuesdays",
        "wet paint", "quiet lifts", "very big hats", "the last biscuit", "counting stairs", "lost gloves",
    ];

    private static readonly string[] Fears =
    [
        "doorbells", "its own shadow", "soup", "balloons", "being second", "mirrors", "loud socks", "windy corners",
        "the number 8",
        "cold tea", "stairs that turn", "unread messages",
    ];

    public static string Of(ref Dice dice)
    {
        var name = dice.Of(Beginnings) + dice.Of(Ends);
        if (dice.Throw(3) == 0) name += dice.Of(Ends);
        return dice.Throw(3) == 0 ? $"{name} the {dice.Of(Epithets)}" : name;
    }

    public static string CommentOf(ref Dice dice) =>
        dice.Throw(2) == 0 ? $"Likes {dice.Of(Likes)}." : $"Likes {dice.Of(Likes)}, fears {dice.Of(Fears)}.";
}
