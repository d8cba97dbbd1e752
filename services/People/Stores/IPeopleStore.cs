using ServiceDefaults;

namespace People.Stores;

/// <summary>Where people are kept.</summary>
internal interface IPeopleStore : IServiceStore
{
    /// <summary>False, and nothing stored, when the nickname is taken.</summary>
    Task<bool> AddAsync(Person person, CancellationToken cancellation);

    /// <summary>Null when nobody has that id.</summary>
    Task<Person?> FindAsync(Guid id, CancellationToken cancellation);

    /// <summary>People in whose nickname, full name or an element of the stack the term is found, whatever its case.</summary>
    Task<IReadOnlyList<Person>> SearchAsync(string term, int most, CancellationToken cancellation);

    /// <summary>Exactly how many there are.</summary>
    Task<long> CountAsync(CancellationToken cancellation);
}
