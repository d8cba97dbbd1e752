using System.Net.Sockets;
using System.Text;

namespace MultiProc.WaysIn;

/// <summary>
/// HAProxy's runtime API on its admin socket: one connection a command, the answer ends where the connection does
/// (management guide of 2.6, section 9.3). Every problem names the command that caused it; null is success.
/// </summary>
internal sealed class HaproxyRuntime(string socketPath, TimeProvider time)
{
    private const string Backend = "workers";
    private const string NoSuchServer = "No such server.";

    // What an added slot is given, for default-server does not reach it: the same as in haproxy/service.cfg.
    private const string CheckOptions =
        " check inter 1s fastinter 200ms fall 2 rise 1 observe layer4 error-limit 3 on-error mark-down maxconn 256";

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <summary>
    /// Gives a slot its worker's address and requests. A slot that the configuration does not have is added, with health
    /// checks where the others have them.
    /// </summary>
    public async Task<string?> EnableAsync(string slot, SlotAddress address, CancellationToken cancellation)
    {
        var command = $"set server {Backend}/{slot} addr {SlotAddress.Loopback} port {address.Port}";
        var reply = await SendAsync(command, cancellation);
        var problem = reply.Text == NoSuchServer
            ? await AddAsync(slot, address, cancellation)
            : reply.Expect(command, answer => IsAddressAnswer(answer, address));
        return problem ?? await SetStateAsync(slot, "ready", cancellation);
    }

    /// <summary>Sends a slot nothing new.</summary>
    public Task<string?> DrainAsync(string slot, CancellationToken cancellation) => SetStateAsync(slot, "drain", cancellation);

    /// <summary>Sends a slot nothing, and closes the idle connections to it.</summary>
    public Task<string?> DisableAsync(string slot, CancellationToken cancellation) => SetStateAsync(slot, "maint", cancellation);

    /// <summary>Ends the connections of clients to a slot, which in TCP mode stay with it however it is.</summary>
    public async Task<string?> CutAsync(string slot, CancellationToken cancellation)
    {
        var command = $"shutdown sessions server {Backend}/{slot}";
        return (await SendAsync(command, cancellation)).Expect(command, IsSilent);
    }

    public async Task WaitUntilReadyAsync(CancellationToken cancellation)
    {
        while (!await AnswersAsync(cancellation)) await Task.Delay(Pause, time, cancellation);
    }

    public async Task<bool> AnswersAsync(CancellationToken cancellation) =>
        (await SendAsync("show version", cancellation)).Problem is null;

    /// <summary>Requests by frontend and by slot since HAProxy started; null when it does not answer.</summary>
    public async Task<HaproxyCounters?> CountAsync(CancellationToken cancellation)
    {
        var reply = await SendAsync("show stat", cancellation);
        return reply.Problem is null ? HaproxyCounters.Parse(reply.Text, Backend) : null;
    }

    private static bool IsSilent(string answer) => answer.Length == 0;

    /// <summary>A slot with a unix socket has it from its configuration, and says that it takes no other address.</summary>
    private static bool IsAddressAnswer(string answer, SlotAddress address) =>
        answer.StartsWith("no need to change", StringComparison.Ordinal)
        || answer.Contains("changed from", StringComparison.Ordinal)
        || (address.Socket is not null && answer.Contains("only supported through configuration file", StringComparison.Ordinal));

    private async Task<string?> AddAsync(string slot, SlotAddress address, CancellationToken cancellation)
    {
        if (await CountAsync(cancellation) is not { } counters)
            return $"HAProxy on {socketPath} does not say whether its slots are checked: {slot} is added once it does";
        // A slot that was added is checked only when it is told so. Both are one line, so that nothing can come between them.
        var checks = counters.SlotsAreChecked ? $"{CheckOptions}; enable health {Backend}/{slot}" : "";
        var add = $"add server {Backend}/{slot} {address}{checks}";
        return (await SendAsync(add, cancellation)).Expect(add, answer => answer == "New server registered.");
    }

    private async Task<string?> SetStateAsync(string slot, string state, CancellationToken cancellation)
    {
        var command = $"set server {Backend}/{slot} state {state}";
        return (await SendAsync(command, cancellation)).Expect(command, IsSilent);
    }

    private async Task<Reply> SendAsync(string command, CancellationToken cancellation)
    {
        using var deadline = new CancellationTokenSource(Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellation);
        try
        {
            using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(socketPath), either.Token);
            await socket.SendAsync(Encoding.ASCII.GetBytes(command + "\n"), either.Token);
            await using var stream = new NetworkStream(socket);
            using var reader = new StreamReader(stream, Encoding.ASCII);
            return new Reply((await reader.ReadToEndAsync(either.Token)).Trim(), Problem: null);
        }
        catch (Exception exception) when (exception is SocketException or IOException)
        {
            return new Reply("", $"HAProxy did not take '{command}' on {socketPath}: {exception.Message}");
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return new Reply("", $"HAProxy did not answer '{command}' on {socketPath} within {Timeout.TotalSeconds} s");
        }
    }

    /// <summary>The answer to one command, or what kept it from coming.</summary>
    private sealed record Reply(string Text, string? Problem)
    {
        public string? Expect(string command, Func<string, bool> isExpected) =>
            Problem ?? (isExpected(Text) ? null : $"HAProxy answered '{Text.Split('\n')[0]}' to '{command}'");
    }
}
