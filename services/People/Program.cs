using People.Commands;

return await PeopleCommand.Create().RunAsync(args);
