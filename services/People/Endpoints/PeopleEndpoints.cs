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
            routes.MapGet(names.Count, http => CountReply.WriteAsync(http, store.CountAsync));
        }
    }

    private static async Task AddAsync(HttpContext http, IPeopleStore store, PersonNames names)
    {
        if (await RequestBody.ReadAsync(http, MostBodyBytes) is not { } body) return;
        var reading = PersonReader.Read(body, names);
        if (reading.Person is not { } person)
        {
            var status = reading.Fault == PersonFault.Malformed
                ? StatusCodes.Status400BadRequest
                : StatusCodes.Status422UnprocessableEntity;
            await Problem.WriteAsync(http, status, reading.Problem!);
        }
        else if (!await store.AddAsync(person, http.RequestAborted))
        {
            await Problem.WriteAsync(
                http, StatusCodes.Status422UnprocessableEntity, $"{names.Nickname} is taken: choose another");
        }
        else
        {
            http.Response.StatusCode = StatusCodes.Status201Created;
            http.Response.Headers.Location = $"{names.People}/{person.Id}";
            http.Response.ContentLength = 0;
        }
    }

    private static async Task FindAsync(HttpContext http, IPeopleStore store, PersonNames names)
    {
        var isId = Guid.TryParseExact(http.Request.RouteValues["id"] as string, "D", out var id);
        var person = isId ? await store.FindAsync(id, http.RequestAborted) : null;
        await (person is null
            ? Problem.WriteAsync(http, StatusCodes.Status404NotFound, "nobody has that id")
            : JsonReply.WriteAsync(http, StatusCodes.Status200OK, (person, names), PersonJson.Write));
    }

    private static async Task SearchAsync(HttpContext http, IPeopleStore store, PersonNames names)
    {
        var term = http.Request.Query["t"].ToString();
        if (term.Length == 0)
        {
            await Problem.WriteAsync(http, StatusCodes.Status400BadRequest, $"a search needs a term: {names.People}?t=TERM");
            return;
        }

        var found = await store.SearchAsync(term, MostFound, http.RequestAborted);
        await JsonReply.WriteAsync(http, StatusCodes.Status200OK, (found, names), PersonJson.Write);
    }
}
