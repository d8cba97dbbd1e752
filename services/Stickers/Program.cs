using Stickers;

return await StickersCommand.Create().RunAsync(args);
