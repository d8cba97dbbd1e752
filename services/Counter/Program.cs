using Counter;

return await CounterCommand.Create().RunAsync(args);
