namespace ServiceDefaults;

/// <summary>A service's NAME.sql or NAME.lua, which is embedded in its program under its own name.</summary>
public static class Schema
{
    /// <param name="type">Any type of the service.</param>
    /// <param name="name">The file's name.</param>
    public static string Read(Type type, string name)
    {
        using var stream = type.Assembly.GetManifestResourceStream(name)
            ?? throw new FileNotFoundException($"{name} is not embedded in {type.Assembly.GetName().Name}");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
