using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace People.Contest;

/// <summary>
/// People as the contest's generator drew them: mostly right, one in 99 of each field wrong, months from 1 to 13, and short
/// nicknames that repeat. It knows what each must be answered.
/// </summary>
internal sealed class ContestPeople(Random random)
{
    private const int OneWrongIn = 99;
    private const int OneWithoutStackIn = 14;
    private const string Letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZáéíóúçãõ";

    /// <summary>Two creates of one nickname this close could overtake each other, and then nobody knows which is right.</summary>
    private const double LeastApartSeconds = 5;

    private static readonly string[] Technologies =
    [
        "Ada", "Assembly", "C", "C#", "C++", "Clojure", "Cobol", "Elixir", "Erlang", "F#", "Go", "Haskell", "Java", "JavaScript",
        "Kotlin", "Lua", "Node", "Perl", "PHP", "PostgreSQL", "Python", "Ruby", "Rust", "Scala", "TypeScript",
    ];

    private static readonly JavaScriptEncoder Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;

    private readonly Dictionary<string, double> _firstSeconds = [];

    public ContestRequest Create(double atSeconds)
    {
        var nickname = Nickname(atSeconds);
        var isRight = nickname.Length <= Person.MostNicknameLetters;
        var fullName = IsWrong() ? Text(120) : Text(random.Next(1, Person.MostFullNameLetters + 1));
        isRight &= fullName.Length <= Person.MostFullNameLetters;
        var born = IsWrong() ? Text(10) : Date();
        isRight &= DateOnly.TryParseExact(born, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);
        var stack = Stack(out var stackFits);
        isRight &= stackFits;
        isRight = isRight && _firstSeconds.TryAdd(nickname, atSeconds);
        var json =
            $"{{\"apelido\":{Quoted(nickname)},\"nome\":{Quoted(fullName)},\"nascimento\":{Quoted(born)},\"stack\":{stack}}}";
        return new ContestRequest(atSeconds, ContestRequest.Create, isRight ? 201 : 422, json, nickname, "");
    }

    /// <summary>A piece of what somebody may be called or know.</summary>
    public string Term()
    {
        var length = random.Next(1, 51);
        var text = random.Next(2) == 0 ? Technologies[random.Next(Technologies.Length)] : Text(random.Next(1, 4));
        return text[..Math.Min(length, text.Length)];
    }

    private bool IsWrong() => random.Next(OneWrongIn) == 0;

    private string Nickname(double atSeconds)
    {
        if (IsWrong()) return Text(Person.MostNicknameLetters + 3);
        while (true)
        {
            var nickname = Text(random.Next(1, Person.MostNicknameLetters + 1));
            if (!_firstSeconds.TryGetValue(nickname, out var first) || atSeconds - first >= LeastApartSeconds) return nickname;
        }
    }

    private string Date() => string.Create(
        CultureInfo.InvariantCulture, $"{random.Next(1940, 2021):0000}-{random.Next(1, 14):00}-{random.Next(1, 30):00}");

    private string Stack(out bool fits)
    {
        fits = true;
        if (random.Next(OneWithoutStackIn) == 0) return "null";
        var elements = Enumerable.Range(0, random.Next(1, 27)).Select(_ => Technologies[random.Next(Technologies.Length)])
            .ToList();
        if (IsWrong())
        {
            fits = false;
            elements.Add(Text(Person.MostStackElementLetters + 8));
        }

        return "[" + string.Join(',', elements.Select(Quoted)) + "]";
    }

    private string Text(int length)
    {
        var text = new StringBuilder(length);
        for (var index = 0; index < length; index++) text.Append(Letters[random.Next(Letters.Length)]);
        return text.ToString();
    }

    private static string Quoted(string text) => "\"" + JsonEncodedText.Encode(text, Encoder) + "\"";
}
