namespace StoreClients.Tarantool;

/// <summary>The numbers of Tarantool's binary protocol (src/box/iproto_constants.h).</summary>
internal static class Code
{
    // What is asked for.
    public const byte Authenticate = 7;
    public const byte Evaluate = 8;
    public const byte Call = 10;
    public const byte Ping = 64;

    // Keys of headers.
    public const byte Type = 0x00;
    public const byte Sync = 0x01;

    // Keys of bodies.
    public const byte Arguments = 0x21;
    public const byte Function = 0x22;
    public const byte User = 0x23;
    public const byte Expression = 0x27;
    public const byte Data = 0x30;
    public const byte Error = 0x31;

    // A reply's type is 0, or this with the number of an error.
    public const ulong ErrorBit = 0x8000;
}
