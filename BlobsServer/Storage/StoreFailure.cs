namespace BlobsServer.Storage;

/// <summary>In which way storage failed. After all but Lost and Uncertain nothing was changed.</summary>
internal enum StoreFailure
{
    /// <summary>No room is left.</summary>
    Full,

    /// <summary>Something is exhausted that others will give back in a moment.</summary>
    Busy,

    /// <summary>Nothing can be changed at the moment.</summary>
    ReadOnly,

    /// <summary>The store does not answer.</summary>
    Unavailable,

    /// <summary>An error that waiting does not mend, as of a broken disk.</summary>
    Broken,

    /// <summary>
    /// The store stopped answering when the change was asked for: it may have been made. Asking again tells, once the store is
    /// back.
    /// </summary>
    Lost,

    /// <summary>The change may have been made, or is made and may not last: asking again tells.</summary>
    Uncertain,
}
