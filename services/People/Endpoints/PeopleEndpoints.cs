using System.Buffers;
using System.Globalization;
using People.Stores;
using People.Validation;
using ServiceDefaults;

namespace People.Endpoints;

/// <summary>POST and GET of people, in both languages.</summary>
internal static class PeopleEndpoints
{
    private const int MostFound = 50;

    // The longest person that there can be is far below.
    private const int MostBodyBytes = 64 * 1024;

    public static void MapPeople(this IEndpointRouteBuilder routes, IPeopleStore store)
    {
        foreach (var names in (PersonNames[])[PersonNames.Portuguese, PersonNames.English])
        {
            routes.MapPost(names.People, http => AddAsync(http, store, names));
            routes.MapGet(names.People, http => SearchAsync(http, store, names));
            routes.MapGet(names.People + "/{id}", http => FindAsync(http, store, names));
            routes.MapGet(names.Count, http => CountAsync(http, store));
        }
    }

    private static async Task AddAsync(HttpContext http, IPeopleStore store, PersonNames names)
    {
        if (await ReadAsync(http, names) is not { } reading)
        {
            await Problem.WriteAsync(http, StatusCodes.Status413PayloadTooLarge, $"a person has at most {MostBodyBytes} bytes");
            return;
        }

        if (reading.Person is not { } person)
        {
            var status = reading.Fault == PersonFault.Malformed ? StatusCodes.Status400BadRequest : StatusCodes.Status422UnprocessableEntity;
            await Problem.WriteAsync(http, status, reading.Problem!);
        }
        else if (!await store.AddAsync(person, http.RequestAborted))
        {
            await Problem.WriteAsync(http, StatusCodes.Status422UnprocessableEntity, $"{names.Nickname} is taken: choose another");
        }
        else
        {
            http.Response.StatusCode = StatusCodes.Status201Created;
            http.Response.Headers.Location = $"{names.People}/{person.Id}";
            http.Response.ContentLength = 0;
        }
    }

    /// <summary>Null when the body is too long to be a person.</summary>
    private static async ValueTask<PersonReading?> ReadAsync(HttpContext http, PersonNames names)
    {
        var reader = http.Request.BodyReader;
        while (true)
        {
            var part = await reader.ReadAsync(http.RequestAborted);
            if (part.Buffer.Length > MostBodyBytes) return null;
            if (part.IsCompleted)
            {
                var reading = PersonReader.Read(part.Buffer.IsSingleSegment ? part.Buffer.FirstSpan : part.Buffer.ToArray(), names);
                reader.AdvanceTo(part.Buffer.End);
                return reading;
            }

            reader.AdvanceTo(part.Buffer.Start, part.Buffer.End);
        }
    }

    private static async Task FindAsync(HttpContext http, IPeopleStore store, PersonNames names)
    {
        var isId = Guid.TryParseExact(http.Request.RouteValues["id"] as string, "D", out var id);
        var person = isId ? await store.FindAsync(id, http.RequestAborted) : null;
        await (person is null
            ? Problem.WriteAsync(http, StatusCodes.Status404NotFound, "nobody has that id")
            : WriteAsync(http, PersonJson.Of(person, names)));
    }

    private static async Task SearchAsync(HttpContext http, IPeopleStore store, PersonNames names)
    {
        var term = http.Request.Query["t"].ToString();
        await (term.Length == 0
            ? Problem.WriteAsync(http, StatusCodes.Status400BadRequest, $"a search needs a term: {names.People}?t=TERM")
            : WriteAsync(http, PersonJson.Of(await store.SearchAsync(term, MostFound, http.RequestAborted), names)));
    }

    private static async Task CountAsync(HttpContext http, IPeopleStore store)
    {
        var count = await store.CountAsync(http.RequestAborted);
        http.Response.ContentType = "text/plain";
        await http.Response.WriteAsync(count.ToString(CultureInfo.InvariantCulture), http.RequestAborted);
    }

    private static async Task WriteAsync(HttpContext http, ReadOnlyMemory<byte> json)
    {
        http.Response.ContentType = "application/json";
        http.Response.ContentLength = json.Length;
        await http.Response.BodyWriter.WriteAsync(json, http.RequestAborted);
    }
}
