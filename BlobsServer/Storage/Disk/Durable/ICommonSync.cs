namespace BlobsServer.Storage.Disk.Durable;

/// <summary>A sync of all that anybody changed in DIR, however many they are.</summary>
internal interface ICommonSync
{
    /// <summary>Whether it costs less than as many syncs of single files and directories as there are who want one now.</summary>
    bool Pays(int count);

    /// <summary>Returns when all that was changed before the call is on the disk.</summary>
    void Sync();
}
