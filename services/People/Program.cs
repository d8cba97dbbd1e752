using People;

return await PeopleCommand.Create().RunAsync(args);
