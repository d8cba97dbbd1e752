namespace StoreClients.PostgreSql;

/// <summary>
/// Who goes on with what waited for a socket of .NET's: the thread that saw that the socket is ready, and not one of the pool,
/// which must be woken first and searches for more work afterwards. That hop costs a blob's GET from PostgreSQL 40 of 110 us in
/// the server and 20 of 80 us in PostgreSQL, on full cores (benchmarks/README.md). What goes on there must not block: BlobsServer
/// leaves files to the pool (Storage.Remote.UnnamedFiles).
/// </summary>
public static class SocketCompletions
{
    /// <summary>Read by .NET at the first use of a socket; it starts one such thread for each processor then.</summary>
    private const string Variable = "DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS";

    /// <summary>To be called before any socket is used; whoever has set the variable is heard.</summary>
    public static void RunInline()
    {
        if (Environment.GetEnvironmentVariable(Variable) is null) Environment.SetEnvironmentVariable(Variable, "1");
    }
}
