namespace StoreClients;

/// <summary>Bytes that are no reply of this protocol, or one that is larger than any that we would ask for.</summary>
public sealed class MalformedReplyException(string message) : FormatException(message);
