using System.Buffers.Binary;
using System.Text;

namespace BlobsServer.Linux;

/// <summary>Reads a directory with getdents64(2): names only, no stat.</summary>
internal static class DirectoryEntries
{
    private const int LengthOffset = 16;
    private const int NameOffset = 19;

    /// <summary>All names but "." and "..", in ordinal order.</summary>
    public static List<string> SortedNames(OpenFile directory, byte[] buffer)
    {
        var names = new List<string>();
        while (true)
        {
            var count = (int)Libc.ReadDirectory(directory.Descriptor, buffer, buffer.Length);
            if (count < 0) throw StorageException.Last("getdents64");
            if (count == 0) break;
            for (var rest = buffer.AsSpan(0, count); !rest.IsEmpty;)
            {
                var name = rest[NameOffset..];
                name = name[..name.IndexOf((byte)0)];
                if (!name.SequenceEqual("."u8) && !name.SequenceEqual(".."u8)) names.Add(Encoding.UTF8.GetString(name));
                rest = rest[BinaryPrimitives.ReadUInt16LittleEndian(rest[LengthOffset..])..];
            }
        }

        names.Sort(StringComparer.Ordinal);
        return names;
    }
}
