using MultiProc.Commands;

return await CommandLine.RunAsync(args);
