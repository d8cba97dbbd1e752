using System.Runtime.CompilerServices;
using BlobsServer.Endpoints;

namespace BlobsServer.Tests.Endpoints;

public sealed class ListedIdsTests
{
    private const int Many = 100_000;

    [Fact]
    public void TryAdd_EachOfMany_IsRefusedTheSecondTimeOnly()
    {
        var all = Enumerable.Range(0, Many).Select(number => $"id-{number}").ToList();
        var ids = new ListedIds(all.Count, all.Sum(id => id.Length + 1));
        Assert.All(all, id => Assert.True(ids.TryAdd(id)));
        Assert.All(all, id => Assert.False(ids.TryAdd(new string(id.AsSpan()))));
    }

    /// <summary>No separator could be taken for a letter, and none is the beginning of another.</summary>
    [Fact]
    public void TryAdd_BeginningsOfEachOther_AreDifferent()
    {
        var longest = new string('x', 200);
        var ids = new ListedIds(201, 201 * 202);
        for (var length = 1; length <= longest.Length; length++) Assert.True(ids.TryAdd(longest[..length]));
        for (var length = 1; length <= longest.Length; length++) Assert.False(ids.TryAdd(longest[..length]));
    }

    /// <summary>What a collection finds alive it moves, and for so long everybody in the process waits.</summary>
    [Fact]
    public void TryAdd_AnId_DoesNotKeepItsString()
    {
        var ids = new ListedIds(100, 100 * 9);
        var strings = AddHundred(ids);
        GC.Collect();
        Assert.DoesNotContain(strings, one => one.IsAlive);
        Assert.False(ids.TryAdd("00000063"));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static List<WeakReference> AddHundred(ListedIds ids)
    {
        var strings = new List<WeakReference>();
        for (var number = 0; number < 100; number++)
        {
            var id = $"{number:x8}";
            Assert.True(ids.TryAdd(id));
            strings.Add(new WeakReference(id));
        }

        return strings;
    }
}
