using System.Text;
using FsCheck.Fluent;
using People.Validation;

namespace People.Tests.Validation;

/// <summary>The whole table of 400 and 422: whatever each field holds, in whatever order, the worst of them decides.</summary>
public sealed class PersonTableTests
{
    private static PersonFault? Right => null;
    private const PersonFault Wrong = PersonFault.Malformed;
    private const PersonFault Unfit = PersonFault.Unacceptable;

    private static readonly (string Json, PersonFault? Fault)[] OfAnyText =
        [
            ("null", Unfit), ("1", Wrong), ("-1.5e3", Wrong), ("true", Wrong), ("{}", Wrong), ("[\"a\"]", Wrong),
            ("\"\\u0000\"", Unfit)
        ];

    private static readonly (string Json, PersonFault? Fault)[][] Fields =
    [
        [("\"ana\"", Right), (Text(32), Right), ("\"\\u00e9\\ud83d\\ude00%_\"", Right), (Text(33), Unfit), .. OfAnyText],
        [("\"Ana Barbosa\"", Right), (Text(100), Right), (Text(101), Unfit), .. OfAnyText],
        [
            ("\"1985-09-23\"", Right), ("\"2000-02-29\"", Right), ("\"0001-01-01\"", Right), ("\"1900-02-29\"", Unfit),
            ("\"2000-13-01\"", Unfit),
            ("\"2000-00-10\"", Unfit), ("\"2000-04-31\"", Unfit), ("\"\"", Unfit), ("\"20000101\"", Unfit), .. OfAnyText,
        ],
        [
            ("null", Right), ("[]", Right), ("[\"C#\",\"\"]", Right), ($"[{Text(32)}]", Right), ($"[\"a\",{Text(33)}]", Unfit),
            ("[\"\\u0000\"]", Unfit),
            ("\"C#\"", Wrong), ("{}", Wrong), ("0", Wrong), ("[1]", Wrong), ("[\"a\",null]", Wrong), ("[[]]", Wrong),
            ("false", Wrong),
        ],
    ];

    [Fact]
    public void Read_AnyFieldsInAnyOrder_TheWorstDecides() =>
        FsCheck.Check.One(FsCheck.Config.QuickThrowOnFailure.WithMaxTest(20_000), Prop.ForAll(
        Gen.Choose(0, int.MaxValue - 1).Select(seed => new Random(seed)).ToArbitrary(), random =>
        {
            var names = random.Next(2) == 0 ? PersonNames.Portuguese : PersonNames.English;
            string[] words = [names.Nickname, names.FullName, names.Born, PersonNames.Stack];
            var (lines, worst) = (new List<string>(), Right);
            for (var field = 0; field < Fields.Length; field++)
            {
                // Mostly right, so that single faults are seen too; sometimes a field is not there at all.
                var (json, fault) = random.Next(3) > 0 ? Fields[field][0] : Fields[field][random.Next(Fields[field].Length)];
                var isThere = random.Next(12) > 0;
                if (!isThere) fault = field == 3 ? Right : Unfit;
                if (fault == Wrong || worst is null) worst = fault ?? worst;
                if (isThere) lines.Add($"\"{words[field]}\":{json}");
            }

            var order = lines.ToArray();
            random.Shuffle(order);
            var body = "{" + string.Join(',', order) + "}";
            var reading = PersonReader.Read(Encoding.UTF8.GetBytes(body), names);
            Assert.True(
                worst is null == reading.Person is not null
                    && (worst is null || reading.Fault == worst), $"{body}: {reading}, wanted {worst?.ToString() ?? "a person"}");
        }));

    private static string Text(int letters) => $"\"{new string('é', letters)}\"";
}
