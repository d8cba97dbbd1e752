using System.Buffers;

namespace BlobsServer.Storage.Remote;

/// <summary>
/// A body that has come completely, was judged and can be sent to a store, more than once if need be. Small ones are in memory,
/// others in an unnamed file, so that the memory of a server does not grow with what its clients send.
/// </summary>
internal sealed class WholeBody : IAsyncDisposable
{
    /// <summary>Larger bodies wait in a file.</summary>
    public const int MaxMemoryBytes = 1024 * 1024;

    private readonly FileStream? _file;
    private byte[]? _memory;

    private WholeBody(byte[]? memory, FileStream? file, long sizeBytes, string tag) =>
        (_memory, _file, SizeBytes, Tag) = (memory, file, sizeBytes, tag);

    public long SizeBytes { get; }

    /// <summary>See <see cref="BlobTag"/>.</summary>
    public string Tag { get; }

    /// <summary>The bytes, when they are in memory; null when they are in a file.</summary>
    public ReadOnlyMemory<byte>? Memory => _memory?.AsMemory(0, (int)SizeBytes);

    /// <summary>Reads a body to its end; null with the reason when it is refused. Throws what its reader throws.</summary>
    public static async ValueTask<(WholeBody? Body, PutResult Refusal)> ReadAsync(
        PutRequest request, long maxBytes, UnnamedFiles files, CancellationToken cancellationToken)
    {
        using var intake = new BodyIntake(request, maxBytes);
        var isSmall = request.AnnouncedBytes is <= MaxMemoryBytes;
        var memory = isSmall ? ArrayPool<byte>.Shared.Rent((int)request.AnnouncedBytes!.Value) : null;
        FileStream? file = null;
        try
        {
            if (!isSmall) file = await files.CreateAsync();
            while (true)
            {
                var before = intake.SeenBytes;
                if (await intake.ReadAsync(cancellationToken) is { } refusal) return (null, refusal);
                if (memory is not null) intake.Piece.CopyTo(memory.AsSpan((int)before));
                else await WriteAsync(file!, intake.Piece, cancellationToken);
                if (!intake.IsAtEnd) continue;
                var body = new WholeBody(memory, file, intake.SeenBytes, intake.Tag);
                (memory, file) = (null, null);
                return (body, default);
            }
        }
        finally
        {
            if (memory is not null) ArrayPool<byte>.Shared.Return(memory);
            if (file is not null) await file.DisposeAsync();
        }
    }

    /// <summary>The bytes from their start. One stream at a time; the body stays the owner of what is behind it.</summary>
    public Stream OpenStream()
    {
        if (_file is null) return new MemoryStream(_memory!, 0, (int)SizeBytes, writable: false);
        _file.Position = 0;
        return new UnclosedStream(_file);
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _memory, null) is { } memory) ArrayPool<byte>.Shared.Return(memory);
        if (_file is not null) await _file.DisposeAsync();
    }

    private static async ValueTask WriteAsync(FileStream file, ReadOnlySequence<byte> piece, CancellationToken cancellationToken)
    {
        try
        {
            foreach (var segment in piece) await file.WriteAsync(segment, cancellationToken);
        }
        catch (IOException failure)
        {
            throw SpoolFailure.Of(failure);
        }
    }
}
