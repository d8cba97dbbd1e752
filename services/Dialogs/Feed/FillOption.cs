using System.Text;
using Dialogs.Messages;
using Dialogs.Stores;
using ServiceDefaults;

namespace Dialogs.Feed;

/// <summary>Dialogs reset --messages N: dialogs to read, those of the first N lines of a feed of the same options.</summary>
internal static class FillOption
{
    private const int AtOnce = 64;

    public static void AddTo(ServiceCommand<IDialogStore> command)
    {
        var messages =
            ServiceArguments.Count("--messages", "Puts so many messages in afterwards.", least: 0, int.MaxValue, usual: 0);
        var options = new PairOptions();
        command.Reset.Add(messages);
        options.AddTo(command.Reset);
        command.Fill = (store, parsed, cancellation) =>
            FillAsync(store, options.Of(parsed), parsed.GetValue(messages), cancellation);
    }

    private static Task FillAsync(IDialogStore store, Pairs pairs, int messages, CancellationToken cancellation)
    {
        var drafts = Enumerable.Range(0, messages).Select(_ => NextOf(pairs));
        var options = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellation };
        return Parallel.ForEachAsync(drafts, options, async (draft, token) => await store.SendAsync(draft, token));
    }

    /// <summary>Its text is its dialog's id, so that whoever is shown a message knows whether it is his.</summary>
    private static Draft NextOf(Pairs pairs)
    {
        var (sender, receiver) = pairs.Next();
        var (from, to) = (pairs.Users[sender], pairs.Users[receiver]);
        return new Draft { From = from, To = to, Text = Encoding.UTF8.GetBytes(Dialog.Of(from, to).ToString()) };
    }
}
