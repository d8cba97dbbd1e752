using Dialogs.Endpoints;
using Dialogs.Feed;
using Dialogs.Stores;
using Dialogs.Tokens;
using ServiceDefaults;

namespace Dialogs;

/// <summary>The command line: Dialogs PORT --store URL [--jwt-key FILE], Dialogs reset --store URL, Dialogs feed.</summary>
internal static class DialogsCommand
{
    public static ServiceCommand<IDialogStore> Create()
    {
        var key = new SecretKey("--jwt-key", "JWT_KEY");
        var command = new ServiceCommand<IDialogStore>(
            "Dialogs",
            """
            Keeps messages between two users, each message once, whoever asks again.

            Examples:
              export JWT_KEY=$(openssl rand -base64 32)
              Dialogs 8001 --store tarantool://service:service@127.0.0.1:8100
              Dialogs reset --store postgresql://postgres@127.0.0.1:8100/postgres
              Dialogs feed --users 1000 --zipf 1.1 > dialogs.tsv
            """,
            DialogStores.Open,
            (routes, store, parsed) => DialogEndpoints.Map(routes, store, new TokenReader(key.Of(parsed))),
            DialogStores.Kinds);
        key.AddTo(command.Root);
        command.Root.Add(FeedCommand.Create(key));
        FillOption.AddTo(command);
        return command;
    }
}
