namespace People.Validation;

/// <summary>Why a body is no person.</summary>
internal enum PersonFault
{
    /// <summary>Not JSON, or a value of another JSON type than the field has: 400.</summary>
    Malformed,

    /// <summary>Of the right types, but missing, null where required, too long, or no such date: 422.</summary>
    Unacceptable,
}
