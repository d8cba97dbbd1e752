using System.Numerics;
using System.Text;

namespace BlobsServer.Endpoints;

/// <summary>
/// The ids of one list, to find one that is listed twice. As bytes in two arrays: a set of 300,000 strings is moved by the
/// collection that finds them alive, and for these 30 to 40 ms nothing else runs in the process.
/// </summary>
/// <param name="mostIds">How many there are at most.</param>
/// <param name="mostBytes">What they are long together at most, with one more byte each.</param>
internal sealed class ListedIds(int mostIds, int mostBytes)
{
    private readonly byte[] _text = new byte[1 + mostBytes]; // each behind its length; from 1, as 0 in the table says free
    private readonly int[] _table = new int[(int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(1, mostIds) * 2)];
    private int _end = 1;

    /// <summary>False when it is there already.</summary>
    /// <param name="id">A name: at most 200 letters, all of them ASCII.</param>
    public bool TryAdd(string id)
    {
        // Of .NET's hash, whose seed nobody knows: no list can be made whose ids all meet in one place.
        var place = id.GetHashCode(StringComparison.Ordinal) & (_table.Length - 1);
        for (; _table[place] != 0; place = (place + 1) & (_table.Length - 1))
        {
            if (Ascii.Equals(At(_table[place]), id)) return false;
        }

        _table[place] = _end;
        _text[_end] = (byte)id.Length;
        _end += 1 + Encoding.ASCII.GetBytes(id, _text.AsSpan(_end + 1));
        return true;
    }

    private ReadOnlySpan<byte> At(int position) => _text.AsSpan(position + 1, _text[position]);
}
