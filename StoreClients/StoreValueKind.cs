namespace StoreClients;

/// <summary>What a <see cref="StoreValue"/> is.</summary>
internal enum StoreValueKind
{
    Nothing,
    Number,
    Fraction,
    YesOrNo,
    Text,
    Bytes,
    Uuid,
    List,
}
