namespace RequestClient.Actions;

/// <summary>Something that was kept of a reply, in memory that is used again.</summary>
internal sealed class KeptValue
{
    private byte[] _bytes = new byte[128];
    private int _length;

    /// <summary>Whether this operation kept it.</summary>
    public bool IsThere { get; set; }

    public ReadOnlySpan<byte> Bytes => _bytes.AsSpan(0, _length);

    public void Set(ReadOnlySpan<byte> value)
    {
        if (value.Length > _bytes.Length) _bytes = new byte[value.Length * 2];
        value.CopyTo(_bytes);
        _length = value.Length;
        IsThere = true;
    }
}
