namespace StoreClients.Tarantool;

/// <summary>
/// What a service brings into Tarantool: spaces, made with if_not_exists, and functions. It is run at the beginning of
/// every connection, so it must do no harm when all is there.
/// </summary>
/// <param name="lua">The text of a NAME.lua.</param>
public sealed class TarantoolSchema(string lua)
{
    /// <summary>
    /// Making a space waits for the disk, and whoever looks meanwhile finds half of it: several processes that start at
    /// once take turns. Nothing yields between the look for the lock and its making.
    /// </summary>
    internal string Installation { get; } =
        $$"""
        local lock = rawget(_G, 'store_clients_schema_lock')
        if lock == nil then
            lock = require('fiber').channel(1)
            rawset(_G, 'store_clients_schema_lock', lock)
        end
        lock:put(true)
        local done, failure = pcall(function()
        {{lua}}
        end)
        lock:get()
        if not done then error(failure, 0) end
        """;
}
