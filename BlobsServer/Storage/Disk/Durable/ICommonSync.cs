namespace BlobsServer.Storage.Disk.Durable;

/// <summary>A sync of all that anybody changed in DIR, however many they are.</summary>
internal interface ICommonSync
{
    /// <summary>Whether it is a good idea now.</summary>
    bool IsWelcome { get; }

    /// <summary>Returns when all that was changed before the call is on the disk.</summary>
    void Sync();
}
