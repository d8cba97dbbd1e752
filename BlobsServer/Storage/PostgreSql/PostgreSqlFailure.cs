using Npgsql;
using StoreClients.PostgreSql;

namespace BlobsServer.Storage.PostgreSql;

/// <summary>What a failure of PostgreSQL means to those who know nothing of databases.</summary>
internal static class PostgreSqlFailure
{
    /// <param name="failure">What Npgsql threw.</param>
    /// <param name="isChange">Whether a change was asked for, so that it may have been made although no answer came.</param>
    public static StoreException Of(NpgsqlException failure, bool isChange)
    {
        var kind = failure is PostgresException refused ? Kind(refused) : null;
        kind ??= isChange ? StoreFailure.Lost : StoreFailure.Unavailable;
        return new StoreException(kind.Value, $"PostgreSQL: {failure.Message.ReplaceLineEndings(" ")}", failure);
    }

    /// <summary>Null when the connection was lost. Classes are those of PostgreSQL's appendix A.</summary>
    private static StoreFailure? Kind(PostgresException refused) => refused.SqlState switch
    {
        PostgresErrorCodes.DiskFull => StoreFailure.Full,
        PostgresErrorCodes.ReadOnlySqlTransaction => StoreFailure.ReadOnly,
        PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected => StoreFailure.Busy,
        PostgresErrorCodes.CannotConnectNow => StoreFailure.Unavailable,
        _ when refused.SqlState.StartsWith("53", StringComparison.Ordinal) => StoreFailure.Busy,
        _ when PostgreSqlSource.IsUnavailable(refused) => null,
        _ => StoreFailure.Broken,
    };
}
