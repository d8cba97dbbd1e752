using System.Buffers.Binary;
using Linux;

namespace BlobsServer.Storage.Disk.Files;

/// <summary>Reads directories with getdents64(2) and without a stat.</summary>
internal sealed class DirectoryEntries
{
    private const int LengthOffset = 16;
    private const int NameOffset = 19;
    private const int BufferBytes = 32 * 1024;

    private readonly byte[] _buffer = new byte[BufferBytes];

    /// <summary>Replaces a list by the sorted names in a directory but those that start with a dot.</summary>
    public void Read(OpenFile directory, NameList names)
    {
        names.Clear();
        while (true)
        {
            var count = (int)Libc.ReadDirectory(directory.Descriptor, _buffer, _buffer.Length);
            if (count < 0) throw SystemCallException.Last("getdents64");
            if (count == 0) break;
            for (ReadOnlySpan<byte> rest = _buffer.AsSpan(0, count); !rest.IsEmpty;)
            {
                var length = BinaryPrimitives.ReadUInt16LittleEndian(rest[LengthOffset..]);
                var name = rest[NameOffset..length];
                if (name[0] != '.') names.Add(name[..name.IndexOf((byte)0)]);
                rest = rest[length..];
            }
        }

        names.Sort();
    }
}
