using System.Buffers;
using System.Data;
using System.IO.Pipelines;
using BlobsServer.Storage.Remote;
using Npgsql;
using static BlobsServer.Storage.PostgreSql.Database;

namespace BlobsServer.Storage.PostgreSql;

/// <summary>
/// A blob that is too large for memory. From when it is opened a transaction keeps its row visible, also when it is deleted;
/// what is wanted of it goes through an unnamed file, so that a slow reader holds a file and no connection of the database.
/// </summary>
internal sealed class LargeRow : IOpenBlob
{
    private const int PieceBytes = 512 * 1024;

    private const string Piece =
        "SELECT substring(data FROM $4 FOR $5) FROM blobs WHERE owner = $1 AND namespace = $2 AND id = $3";

    private readonly Database _database;
    private readonly BlobName _name;
    private readonly UnnamedFiles _files;
    private NpgsqlConnection? _connection;

    private LargeRow(Database database, BlobName name, UnnamedFiles files) =>
        (_database, _name, _files) = (database, name, files);

    public StoredBlob Info { get; private set; } = null!;

    /// <summary>Null when it is not there any more.</summary>
    public static async ValueTask<LargeRow?> OpenAsync(
        Database database, BlobName name, UnnamedFiles files, CancellationToken cancellationToken)
    {
        var row = new LargeRow(database, name, files);
        if (await row.HoldAsync(cancellationToken) is not { } info) return null;
        row.Info = info;
        return row;
    }

    public async ValueTask<long> CopyToAsync(PipeWriter writer, long offset, long length, CancellationToken cancellationToken)
    {
        // The first copy gave the connection back; for another the row must still be there.
        if (_connection is null && await HoldAsync(cancellationToken) != Info)
        {
            throw new StoreException(StoreFailure.Broken, "a blob was deleted between two reads of it");
        }

        await using var file = await FetchAsync(offset, length, cancellationToken);
        await DisposeAsync();
        file.Position = 0;
        var done = 0L;
        while (done < length)
        {
            var wanted = (int)Math.Min(PieceBytes, length - done);
            var count = await file.ReadAsync(writer.GetMemory(wanted)[..wanted], cancellationToken);
            if (count == 0) throw new StoreException(StoreFailure.Broken, "a blob was cut short");
            writer.Advance(count);
            done += count;
            if ((await writer.FlushAsync(cancellationToken)).IsCompleted) break;
        }

        return done;
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _connection, null) is { } connection) await connection.DisposeAsync();
    }

    /// <summary>
    /// Begins a transaction: everything that it reads is as it was at its first statement. Closing the connection ends it.
    /// </summary>
    private async ValueTask<StoredBlob?> HoldAsync(CancellationToken cancellationToken)
    {
        var connection = await _database.OpenAsync(cancellationToken);
        StoredBlob? info = null;
        try
        {
            await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);
            info = (await BlobQuery.FindAsync(connection, _name, cancellationToken))?.Blob;
            return info;
        }
        catch (NpgsqlException failure)
        {
            throw PostgreSqlFailure.Of(failure, isChange: false);
        }
        finally
        {
            if (info is null) await connection.DisposeAsync();
            else _connection = connection;
        }
    }

    /// <summary>All that is wanted, in a file.</summary>
    private async ValueTask<FileStream> FetchAsync(long offset, long length, CancellationToken cancellationToken)
    {
        var file = await _files.CreateAsync();
        var buffer = ArrayPool<byte>.Shared.Rent(PieceBytes);
        try
        {
            for (var done = 0L; done < length;)
            {
                var wanted = (int)Math.Min(PieceBytes, length - done);
                await FetchPieceAsync(buffer.AsMemory(0, wanted), (int)(offset + done), cancellationToken);
                await file.WriteAsync(buffer.AsMemory(0, wanted), cancellationToken);
                done += wanted;
            }

            return file;
        }
        catch (Exception failure)
        {
            await file.DisposeAsync();
            throw failure switch
            {
                NpgsqlException lost => PostgreSqlFailure.Of(lost, isChange: false),
                IOException full and not StoreException => SpoolFailure.Of(full),
                _ => failure,
            };
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private async ValueTask FetchPieceAsync(Memory<byte> piece, int offset, CancellationToken cancellationToken)
    {
        // substring counts from 1.
        await using var command =
            Command(_connection!, Piece, [.. BlobQuery.Key(_name), Number(offset + 1), Number(piece.Length)]);
        await using var row = await command.ExecuteReaderAsync(CommandBehavior.SequentialAccess, cancellationToken);
        if (!await row.ReadAsync(cancellationToken))
            throw new StoreException(StoreFailure.Broken, "a row has gone that a transaction sees");
        await using var data = await row.GetStreamAsync(0, cancellationToken);
        await data.ReadExactlyAsync(piece, cancellationToken);
    }
}
