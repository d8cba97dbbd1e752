using Dialogs;

return await DialogsCommand.Create().RunAsync(args);
