namespace RequestClient.Load.Judging;

/// <summary>Judges reply bodies of one kind, one after another, as they come.</summary>
internal interface IBodyJudge
{
    /// <summary>The length of the right body; null when several lengths may be right.</summary>
    long? WantedLength { get; }

    /// <summary>A wrong reply is read on only so far, and a right one can't be longer.</summary>
    long MaxLength { get; }

    /// <summary>Gets ready for the reply to an operation, by its blob's key and that of the one before it.</summary>
    void Begin(ulong key, ulong previousKey);

    /// <summary>Takes the next bytes, which begin at a position of the body.</summary>
    void Take(ReadOnlySpan<byte> bytes, long position);

    /// <summary>
    /// What is wrong with the whole body, of which so much came and no other length was wanted; null when it is right.
    /// </summary>
    Failure? Judge(long length);
}
