namespace Dialogs.Messages;

/// <summary>The dialog of two users, the same whoever of them asks. The first is the one that is less.</summary>
internal readonly record struct Dialog
{
    private Dialog(Guid first, Guid second) => (First, Second) = (first, second);

    public Guid First { get; }

    public Guid Second { get; }

    /// <summary>A user may write to himself.</summary>
    public static Dialog Of(Guid one, Guid other) => one.CompareTo(other) <= 0 ? new(one, other) : new(other, one);

    public Guid Other(Guid user) => user == First ? Second : First;

    /// <summary>Its id: both users, in ordinal order.</summary>
    public override string ToString() => $"{First}_{Second}";
}
