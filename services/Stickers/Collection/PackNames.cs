namespace Stickers.Collection;

/// <summary>27 moods of 20 creatures: 540 names, no two the same; some of them are hostile instead.</summary>
internal static class PackNames
{
    private static readonly string[] Moods =
    [
        "Sleepy", "Brave", "Hungry", "Shy", "Jolly", "Grumpy", "Dizzy", "Proud", "Curious", "Gentle", "Noisy", "Clever", "Clumsy",
        "Lucky",
        "Dreamy", "Bold", "Tiny", "Royal", "Fuzzy", "Salty", "Sunny", "Stormy", "Cosmic", "Polite", "Wobbly", "Sneaky", "Mellow",
    ];

    private static readonly string[] Creatures =
    [
        "Blobs", "Dumplings", "Pebbles", "Ghosts", "Clouds", "Drops", "Beans", "Buttons", "Puddings", "Moons", "Turnips",
        "Muffins", "Comets",
        "Pickles", "Kettles", "Cushions", "Noodles", "Lanterns", "Marbles", "Socks",
    ];

    public static string Of(int pack) =>
        HostileNames.OfPack(pack) ?? $"{Moods[(pack - 1) % Moods.Length]} {Creatures[(pack - 1) / Moods.Length]}";
}
