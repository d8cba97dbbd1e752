using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Blobs.TestSupport;

/// <summary>
/// Chromium without a window, spoken to over its DevTools protocol, with a profile of its own that is gone afterwards.
/// </summary>
public sealed class Browser : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly TempDirectory _profile;
    private readonly ChildProcess _chromium;
    private readonly ClientWebSocket _page;
    private int _lastId;

    private Browser(TempDirectory profile, ChildProcess chromium, ClientWebSocket page) =>
        (_profile, _chromium, _page) = (profile, chromium, page);

    /// <summary>Null where the machine has no Chromium.</summary>
    public static string? Program { get; } =
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Select(folder => Path.Combine(folder, "chromium"))
            .FirstOrDefault(File.Exists);

    /// <param name="address">A file's path or a URL.</param>
    /// <param name="cancel">Gives up.</param>
    public static async Task<Browser> OpenAsync(string address, CancellationToken cancel)
    {
        var profile = new TempDirectory();
        var chromium = ChildProcess.Start(Program!,
        [
            "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
            "--remote-debugging-port=0",
            "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-quic",
            $"--user-data-dir={profile["profile"]}", new Uri(address).AbsoluteUri,
        ]);
        var port = (
            await chromium.WaitForOutputAsync(@"DevTools listening on ws://127\.0\.0\.1:(\d+)/", Patience)).Groups[1].Value;
        using var http = new HttpClient();
        string? target = null;
        await Eventually.HoldsAsync(
            async () => (
                target = Address(await http.GetStringAsync(new Uri($"http://127.0.0.1:{port}/json/list"), cancel))) is not null,
            () => "Chromium shows no page", Patience);
        var page = new ClientWebSocket();
        await page.ConnectAsync(new Uri(target!), cancel);
        var browser = new Browser(profile, chromium, page);
        await browser.UntilLoadedAsync(cancel);
        return browser;
    }

    /// <summary>The value of an expression in the page.</summary>
    public async Task<JsonNode> EvaluateAsync(string expression, CancellationToken cancel)
    {
        var result = await CallAsync("Runtime.evaluate", new { expression, returnByValue = true }, cancel);
        return result["exceptionDetails"] is { } failure
            ? throw new InvalidOperationException($"{expression}: {failure.ToJsonString()}")
            : result["result"]!["value"]!;
    }

    /// <summary>Leaves this page for another.</summary>
    public async Task GoAsync(string address, CancellationToken cancel)
    {
        await MarkAsync(cancel);
        await CallAsync("Page.navigate", new { url = address }, cancel);
        await UntilLoadedAsync(cancel);
    }

    /// <summary>
    /// Real clicks in the middle of an element, the second so fast that it is a double click; returns on the page that follows.
    /// </summary>
    public async Task ClickAsync(string selector, int times, CancellationToken cancel)
    {
        var middle = await EvaluateAsync(
            $"(r => ({{ x: r.x + r.width / 2, y: r.y + r.height / 2 }}))((e => (e.scrollIntoView(), e.getBoundingClientRect()))(document.querySelector('{selector}')))",
            cancel);
        var (x, y) = (middle["x"]!.GetValue<double>(), middle["y"]!.GetValue<double>());
        await MarkAsync(cancel);
        for (var clickCount = 1; clickCount <= times; clickCount++)
        {
            foreach (var type in (string[])["mousePressed", "mouseReleased"])
                await CallAsync("Input.dispatchMouseEvent", new { type, x, y, button = "left", clickCount }, cancel);
        }

        await UntilLoadedAsync(cancel);
    }

    /// <summary>As for people who allow no scripts; what is evaluated here runs all the same.</summary>
    public Task DisableScriptsAsync(CancellationToken cancel) =>
        CallAsync("Emulation.setScriptExecutionDisabled", new { value = true }, cancel);

    public Task ResizeAsync(int width, CancellationToken cancel) =>
        CallAsync(
            "Emulation.setDeviceMetricsOverride", new { width, height = 800, deviceScaleFactor = 1, mobile = width < 500 },
            cancel);

    public Task PreferAsync(string colourScheme, CancellationToken cancel) =>
        CallAsync(
            "Emulation.setEmulatedMedia",
            new { features = new[] { new { name = "prefers-color-scheme", value = colourScheme } } }, cancel);

    public async Task PressAsync(string key, CancellationToken cancel)
    {
        await CallAsync(
            "Input.dispatchKeyEvent", new { type = "keyDown", key, code = key, windowsVirtualKeyCode = 13, text = "\r" }, cancel);
        await CallAsync("Input.dispatchKeyEvent", new { type = "keyUp", key, code = key, windowsVirtualKeyCode = 13 }, cancel);
    }

    public async ValueTask DisposeAsync()
    {
        _page.Dispose();
        await _chromium.DisposeAsync();
        _profile.Dispose();
    }

    // The page that is left keeps the mark; the one that comes has none.
    private async Task MarkAsync(CancellationToken cancel) =>
        await EvaluateAsync("document.documentElement.dataset.isLeft = 'yes'", cancel);

    private Task UntilLoadedAsync(CancellationToken cancel) =>
        Eventually.HoldsAsync(() => IsLoadedAsync(cancel), () => "the page does not load", Patience);

    private async Task<bool> IsLoadedAsync(CancellationToken cancel)
    {
        // The empty page that Chromium starts with is complete too, before it goes to the address.
        const string isLoaded =
            "location.protocol !== 'about:' && document.documentElement?.dataset.isLeft !== 'yes' && document.readyState === 'complete'";
        try
        {
            return (await EvaluateAsync(isLoaded, cancel)).GetValue<bool>();
        }
        catch (InvalidOperationException)
        {
            return false; // between two pages there is none to ask
        }
    }

    private static string? Address(string list) =>
        JsonNode.Parse(list)!.AsArray()
            .FirstOrDefault(target => target!["type"]!.GetValue<string>() == "page")?["webSocketDebuggerUrl"]?.GetValue<string>();

    private async Task<JsonNode> CallAsync(string method, object parameters, CancellationToken cancel)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        deadline.CancelAfter(Patience);
        var id = ++_lastId;
        await _page.SendAsync(
            JsonSerializer.SerializeToUtf8Bytes(new { id, method, @params = parameters }), WebSocketMessageType.Text, true,
            deadline.Token);
        while (true)
        {
            var message = await ReceiveAsync(deadline.Token);
            // Events of the page have no id.
            if (message["id"]?.GetValue<int>() == id)
                return message["result"] ?? throw new InvalidOperationException($"{method}: {message.ToJsonString()}");
        }
    }

    private async Task<JsonNode> ReceiveAsync(CancellationToken cancel)
    {
        using var message = new MemoryStream();
        var buffer = new byte[64 * 1024];
        ValueWebSocketReceiveResult part;
        do
        {
            part = await _page.ReceiveAsync(buffer.AsMemory(), cancel);
            message.Write(buffer, 0, part.Count);
        }
        while (!part.EndOfMessage);
        return JsonNode.Parse(message.ToArray())!;
    }
}
