namespace StoreClients.Tests;

public sealed class StoreUrlTests
{
    [Fact]
    public void Parse_WhatTheScriptsPrint_AllParts()
    {
        Assert.Equal(
            new StoreUrl { Kind = StoreKind.Redis, Host = "127.0.0.1", Port = 8100 }, StoreUrl.Parse("redis://127.0.0.1:8100"));
        Assert.Equal(
            new StoreUrl { Kind = StoreKind.PostgreSql, Host = "127.0.0.1", Port = 8100, User = "postgres", Database = "postgres" },
            StoreUrl.Parse("postgresql://postgres@127.0.0.1:8100/postgres"));
        Assert.Equal(
            new StoreUrl { Kind = StoreKind.Tarantool, Host = "127.0.0.1", Port = 8100, User = "service", Password = "service" },
            StoreUrl.Parse("tarantool://service:service@127.0.0.1:8100"));
    }

    [Fact]
    public void Parse_EscapedNameAndPassword_Decoded()
    {
        var url = StoreUrl.Parse("postgres://a%40b:p%3A%2F%25@db.example:5432/x%20y");
        Assert.Equal(("a@b", "p:/%", "x y", "db.example"), (url.User, url.Password, url.Database, url.Host));
    }

    [Theory]
    [InlineData("")]
    [InlineData("127.0.0.1:8100")]
    [InlineData("mysql://127.0.0.1:3306")]
    [InlineData("redis://127.0.0.1")]
    [InlineData("redis://:8100")]
    [InlineData("tarantool://h:99999")]
    public void TryParse_NoStore_SaysWhatToGive(string text)
    {
        Assert.False(StoreUrl.TryParse(text, out _, out var problem));
        Assert.Contains("give", problem, StringComparison.Ordinal);
        Assert.Throws<FormatException>(() => StoreUrl.Parse(text));
    }

    [Fact]
    public void ToString_WithPassword_DoesNotTellIt() =>
        Assert.DoesNotContain("secret", StoreUrl.Parse("tarantool://u:secret@h:1").ToString(), StringComparison.Ordinal);
}
