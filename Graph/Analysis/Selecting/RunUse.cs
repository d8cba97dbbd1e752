namespace Graph.Analysis.Selecting;

/// <summary>What became of a run. Whatever decides it looks at nothing that tells which arm is ahead.</summary>
internal enum RunUse
{
    /// <summary>It is part of every figure.</summary>
    Counts,

    /// <summary>The same planned run was measured again, and that attempt counts.</summary>
    Superseded,

    /// <summary>The record says that it is not what was asked for.</summary>
    Invalid,

    /// <summary>Something else used the machine.</summary>
    Disturbed,

    /// <summary>It has no rate.</summary>
    NoRightOperation,

    /// <summary>It lies far from what its cell and its block let expect.</summary>
    SetAside,
}
