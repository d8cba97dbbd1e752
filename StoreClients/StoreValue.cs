namespace StoreClients;

/// <summary>
/// An argument of a call: text, a number, yes or no, bytes, a UUID, nothing, or a list of these. Redis takes text, numbers
/// and bytes only.
/// </summary>
public readonly struct StoreValue
{
    private StoreValue(StoreValueKind kind, long bits, object? content)
    {
        Kind = kind;
        Bits = bits;
        Content = content;
    }

    public static StoreValue Null => default;

    internal StoreValueKind Kind { get; }

    /// <summary>Of a number, a fraction or yes and no.</summary>
    internal long Bits { get; }

    /// <summary>Of what has a length.</summary>
    internal object? Content { get; }

    public static implicit operator StoreValue(long value) => FromInt64(value);

    public static implicit operator StoreValue(int value) => FromInt64(value);

    public static implicit operator StoreValue(double value) => FromDouble(value);

    public static implicit operator StoreValue(bool value) => FromBoolean(value);

    public static implicit operator StoreValue(string? value) => FromText(value);

    public static implicit operator StoreValue(byte[]? value) => FromBytes(value);

    public static implicit operator StoreValue(Guid value) => FromGuid(value);

    public static implicit operator StoreValue(StoreValue[]? value) => FromList(value);

    public static StoreValue FromInt64(long value) => new(StoreValueKind.Number, value, null);

    public static StoreValue FromDouble(double value) =>
        new(StoreValueKind.Fraction, BitConverter.DoubleToInt64Bits(value), null);

    public static StoreValue FromBoolean(bool value) => new(StoreValueKind.YesOrNo, value ? 1 : 0, null);

    public static StoreValue FromText(string? value) => value is null ? Null : new(StoreValueKind.Text, 0, value);

    public static StoreValue FromBytes(byte[]? value) => value is null ? Null : new(StoreValueKind.Bytes, 0, value);

    public static StoreValue FromGuid(Guid value) => new(StoreValueKind.Uuid, 0, value);

    public static StoreValue FromList(StoreValue[]? value) => value is null ? Null : new(StoreValueKind.List, 0, value);
}
