using System.Security.Cryptography;
using System.Text;

namespace StoreClients.Redis;

/// <summary>A Lua script, and the name by which Redis knows it once it ran.</summary>
public sealed class RedisScript
{
    public RedisScript(string text)
    {
        Text = text;
#pragma warning disable CA5350 // a name that the protocol wants (EVALSHA), and no protection of anything
        Sha1 = Convert.ToHexStringLower(SHA1.HashData(Encoding.UTF8.GetBytes(text)));
#pragma warning restore CA5350
    }

    public string Text { get; }

    internal string Sha1 { get; }
}
