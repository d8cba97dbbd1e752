namespace Stickers.Tests.Site;

/// <summary>The stores are started once, and each holds one site's votes: tests that count them go one after the other.</summary>
internal static class SharedSite
{
    public const string Name = "shared site";
}
