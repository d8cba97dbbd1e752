namespace People.Validation;

/// <summary>A person, or why there is none.</summary>
internal readonly record struct PersonReading
{
    /// <summary>Null when the body is none.</summary>
    public Person? Person { get; private init; }

    public PersonFault Fault { get; private init; }

    /// <summary>The fault for people: the value, the bound and the remedy.</summary>
    public string? Problem { get; private init; }

    public static PersonReading Of(Person person) => new() { Person = person };

    public static PersonReading Malformed(string problem) => new() { Fault = PersonFault.Malformed, Problem = problem };

    public static PersonReading Unacceptable(string problem) => new() { Fault = PersonFault.Unacceptable, Problem = problem };
}
