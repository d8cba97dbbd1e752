using System.Net.Sockets;
using System.Text;

namespace MultiProc.Balancing;

/// <summary>HAProxy's answer to one command, or what kept it from answering.</summary>
internal sealed record RuntimeReply(string Text, string? Problem);

/// <summary>
/// HAProxy's runtime API on its admin socket: one connection a command, the answer ends where the connection does
/// (management guide of 2.6, section 9.3). Every problem names the command that caused it.
/// </summary>
internal sealed class HaproxyRuntime(string socketPath, TimeProvider time)
{
    private const string Backend = "workers";
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(1);

    /// <summary>Sends a slot requests; it may be up at another address than the configuration says.</summary>
    public async Task<string?> EnableAsync(string slot, int port, CancellationToken cancellation)
    {
        var problem = await ExpectAsync($"set server {Backend}/{slot} addr 127.0.0.1 port {port}", IsAddressAnswer, cancellation);
        return problem ?? await ExpectAsync($"set server {Backend}/{slot} state ready", IsSilent, cancellation);
    }

    /// <summary>Sends a slot nothing more and closes the idle connections to it.</summary>
    public Task<string?> DisableAsync(string slot, CancellationToken cancellation) =>
        ExpectAsync($"set server {Backend}/{slot} state maint", IsSilent, cancellation);

    /// <summary>Waits until HAProxy answers.</summary>
    public async Task WaitUntilReadyAsync(CancellationToken cancellation)
    {
        while ((await SendAsync("show version", cancellation)).Problem is not null)
            await Task.Delay(TimeSpan.FromMilliseconds(20), time, cancellation);
    }

    /// <summary>Requests by frontend and by slot since HAProxy started; null when it does not answer.</summary>
    public async Task<HaproxyCounters?> CountAsync(CancellationToken cancellation)
    {
        var reply = await SendAsync("show stat", cancellation);
        return reply.Problem is null ? HaproxyCounters.Parse(reply.Text, Backend) : null;
    }

    private static bool IsSilent(string answer) => answer.Length == 0;

    private static bool IsAddressAnswer(string answer) =>
        answer.StartsWith("no need to change", StringComparison.Ordinal) || answer.Contains("changed from", StringComparison.Ordinal);

    private async Task<string?> ExpectAsync(string command, Func<string, bool> isExpected, CancellationToken cancellation)
    {
        var reply = await SendAsync(command, cancellation);
        if (reply.Problem is not null) return reply.Problem;
        var firstLine = reply.Text.Split('\n')[0];
        return isExpected(reply.Text) ? null : $"HAProxy answered '{firstLine}' to '{command}'";
    }

    private async Task<RuntimeReply> SendAsync(string command, CancellationToken cancellation)
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
            return new RuntimeReply((await reader.ReadToEndAsync(either.Token)).Trim(), Problem: null);
        }
        catch (Exception exception) when (exception is SocketException or IOException)
        {
            return new RuntimeReply("", $"HAProxy did not take '{command}' on {socketPath}: {exception.Message}");
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return new RuntimeReply("", $"HAProxy did not answer '{command}' on {socketPath} within {Timeout.TotalSeconds} s");
        }
    }
}
