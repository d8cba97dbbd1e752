using BlobsServer.Hosting;
using BlobsServer.Options;

return await CommandLine.RunAsync(args, options => Server.RunAsync(options));
