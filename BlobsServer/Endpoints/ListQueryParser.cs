using System.Globalization;
using BlobsServer.Storage;

namespace BlobsServer.Endpoints;

/// <summary>The query string of a list: order_by, filter_flag, deleted, limit, after.</summary>
internal static class ListQueryParser
{
    /// <summary>The query, or which part of it is wrong and why.</summary>
    public static (ListQuery? Query, string Part, string Mistake) Parse(string user, string blobNamespace, QueryValues values)
    {
        var query = new ListQuery { User = user, Namespace = blobNamespace };
        if (values.Raw.Length == 0) return (query, "", "");

        ListOrder? order = values["order_by"] switch
        {
            null or "" => ListOrder.ById,
            "date" or "+date" or " date" => ListOrder.ByDate, // an unescaped plus means a space in a query
            "-date" => ListOrder.ByDateDescending,
            _ => null,
        };
        if (order is null) return Wrong("order_by", "order_by is date, +date or -date.");

        var flag = values["filter_flag"] is { Length: > 0 } given ? given : null;
        if (flag is not null && !FlagNames.IsOne(flag))
        {
            return Wrong("filter_flag", $"filter_flag is one of {FlagNames.Text}.");
        }

        var after = values["after"] ?? "";
        if (after.Length > 0 && !BlobName.IsName(after))
        {
            return Wrong("after", "after is an id, of 1 to 200 characters A-Z a-z 0-9 _ and -.");
        }
        if (after.Length > 0 && order != ListOrder.ById)
        {
            return Wrong("after", "after pages through ids in their own order, so it does not go with order_by.");
        }

        int? limit = null;
        if (values["limit"] is { Length: > 0 } text)
        {
            if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number < 1)
            {
                return Wrong("limit", $"limit is a number from 1 to {int.MaxValue}.");
            }

            limit = number;
        }

        var isDeleted = values.IsSet("deleted");
        return (query with { Order = order.Value, Flag = flag, After = after, Limit = limit, Deleted = isDeleted }, "", "");
    }

    private static (ListQuery? Query, string Part, string Mistake) Wrong(string part, string mistake) => (null, part, mistake);
}
