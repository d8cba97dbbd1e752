using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Transport;

namespace ServiceDefaults;

/// <summary>One run of a service, from its store to the last request under way.</summary>
internal sealed class Service(string name, ServiceOptions options)
{
    private const int Failed = 1;

    /// <summary>What requests under way may take after a signal.</summary>
    private static readonly TimeSpan DrainTime = TimeSpan.FromSeconds(10);

    /// <summary>Serves until a signal says stop; the exit status.</summary>
    public async Task<int> RunAsync<TStore>(TStore store, Action<IEndpointRouteBuilder, TStore> map) where TStore : IServiceStore
    {
        await using var opened = store;
        using var stop = new StopSignal();
        try
        {
            var status = await StoreStart.TryAsync(name, options.Store, store.PrepareAsync, stop.Token);
            if (status != 0) return status;
        }
        catch (OperationCanceledException) when (stop.Token.IsCancellationRequested)
        {
            return await stop.WaitAsync();
        }

        using var log = options.Log == LogFormat.Json ? new RequestLog(Console.OpenStandardOutput(), TimeProvider.System) : null;
        await using var application = Build(log);
        application.MapHealth(store);
        map(application, store);
        try
        {
            await application.StartAsync();
        }
        catch (IOException failure)
        {
            var why = failure.InnerException is AddressInUseException ? "it is in use" : failure.Message.TrimEnd('.');
            return Fail($"cannot listen on port {options.Port} of {options.Host}: {why}; choose another PORT or --host");
        }

        await Console.Error.WriteLineAsync(
            $"{name}: serving http://{new IPEndPoint(options.Host, options.Port)} from {options.Store}");
        var exitStatus = await stop.WaitAsync();
        using var deadline = new CancellationTokenSource(DrainTime);
        await application.StopAsync(deadline.Token);
        return exitStatus;
    }

    private WebApplication Build(RequestLog? log)
    {
        // None of the arguments, variables and files that ASP.NET Core would read and watch: the command line says all.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = name });
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton<IHostLifetime, SignalsAreOurs>();
        builder.WebHost.Tune(options);
        var application = builder.Build();
        if (log is not null) application.Use(log.MeasureAsync);
        application.Use(AnswerFailuresAsync);
        return application;
    }

    private static RequestDelegate AnswerFailuresAsync(RequestDelegate next) => async http =>
    {
        // A connection at work is not closed when descriptors run short.
        var mark = http.Features.GetRequiredFeature<IRequestMark>();
        mark.Begin();
        try
        {
            await next(http);
        }
        catch (Exception failure)
        {
            await Failures.AnswerAsync(http, failure);
        }
        finally
        {
            mark.End(TimeProvider.System.GetTimestamp());
        }
    };

    private int Fail(string message)
    {
        Console.Error.WriteLine($"{name}: {message}");
        return Failed;
    }

    /// <summary>Instead of the host's own handling of signals, which would end with status 0.</summary>
    private sealed class SignalsAreOurs : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
