using Dialogs.Messages;
using ServiceDefaults;

namespace Dialogs.Stores;

/// <summary>Where messages are kept.</summary>
internal interface IDialogStore : IServiceStore
{
    /// <summary>Stores a message; one whose sender has used its message id before is not stored again.</summary>
    /// <returns>Where it is, or where the first one is; either is as safe as the store makes things when this returns.</returns>
    Task<Receipt> SendAsync(Draft draft, CancellationToken cancellation);

    /// <summary>Messages of a dialog, the newest first.</summary>
    /// <param name="dialog">Whose.</param>
    /// <param name="most">How many at most.</param>
    /// <param name="before">Only what stands before that place; null: from the newest.</param>
    /// <param name="cancellation">Who cancels does not wait any more.</param>
    Task<IReadOnlyList<Message>> ListAsync(Dialog dialog, int most, Place? before, CancellationToken cancellation);

    /// <summary>Exactly how many messages there are.</summary>
    Task<long> CountAsync(CancellationToken cancellation);
}
