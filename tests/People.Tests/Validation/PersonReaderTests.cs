using System.Text;
using System.Text.Json;
using People.Validation;

namespace People.Tests.Validation;

/// <summary>What is a person, what is 400 and what is 422, and that 400 outranks 422 wherever it stands.</summary>
public sealed class PersonReaderTests
{
    private const string Right = """{"apelido":"ana","nome":"Ana Barbosa","nascimento":"1985-09-23","stack":["C#","Node"]}""";

    [Theory]
    [InlineData(Right)]
    [InlineData("""{"apelido":"ana","nome":"Ana","nascimento":"1985-09-23","stack":null}""")]
    [InlineData("""{"apelido":"ana","nome":"Ana","nascimento":"1985-09-23"}""")]
    [InlineData("""{"apelido":"ana","nome":"Ana","nascimento":"1985-09-23","stack":[]}""")]
    [InlineData("""{"nascimento":"2000-02-29","nome":"Ana","apelido":"ana"}""")]
    [InlineData("""{"apelido":"ana","nome":"Ana","nascimento":"1985-09-23","else":{"apelido":[1,{}]}}""")]
    [InlineData("""{"apelido":1,"apelido":"ana","nome":"Ana","nascimento":"1985-09-23"}""", false)]
    [InlineData("""  {"apelido":"ana","nome":"Ana","nascimento":"1985-09-23"}  """)]
    public void Read_Person_Accepted(string json, bool isPerson = true) => Assert.Equal(isPerson, Read(json).Person is not null);

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("\"ana\"")]
    [InlineData("{")]
    [InlineData(Right + "x")]
    [InlineData(Right + Right)]
    [InlineData("""{"apelido":1,"nome":"Ana","nascimento":"1985-09-23"}""")]
    [InlineData("""{"apelido":"ana","nome":true,"nascimento":"1985-09-23"}""")]
    [InlineData("""{"apelido":"ana","nome":"Ana","nascimento":19850923}""")]
    [InlineData("""{"apelido":["ana"],"nome":"Ana","nascimento":"1985-09-23"}""")]
    [InlineData("""{"apelido":"ana","nome":"Ana","nascimento":"1985-09-23","stack":"C#"}""")]
    [InlineData("""{"apelido":"ana","nome":"Ana","nascimento":"1985-09-23","stack":{}}""")]
    [InlineData("""{"apelido":"ana","nome":"Ana","nascimento":"1985-09-23","stack":["C#",1]}""")]
    [InlineData("""{"apelido":"ana","nome":"Ana","nascimento":"1985-09-23","stack":["C#",null]}""")]
    [InlineData("""{"apelido":null,"nome":1,"nascimento":"1985-09-23"}""")]
    [InlineData("""{"apelido":null,"nome":"Ana","nascimento":"1985-09-23","stack":[1]}""")]
    [InlineData("""{"apelido":"\ud800","nome":"Ana","nascimento":"1985-09-23"}""")]
    public void Read_WrongTypesOrNoJson_Malformed(string json) => AssertFault(PersonFault.Malformed, json);

    /// <summary>Also where nobody would look: in a field that means nothing.</summary>
    [Theory]
    [InlineData("apelido")]
    [InlineData("else")]
    public void Read_NoUtf8_Malformed(string field)
    {
        byte[] body = [.. Encoding.UTF8.GetBytes(Right[..^1] + $",\"{field}\":\"an"), 0xff, .. "\"}"u8];
        var reading = PersonReader.Read(body, PersonNames.Portuguese);
        Assert.Equal((null, PersonFault.Malformed), (reading.Person, reading.Fault));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"nome":"Ana","nascimento":"1985-09-23"}""")]
    [InlineData("""{"apelido":null,"nome":"Ana","nascimento":"1985-09-23"}""")]
    [InlineData("""{"apelido":"ana","nome":null,"nascimento":"1985-09-23"}""")]
    [InlineData("""{"apelido":"ana","nome":"Ana","nascimento":null}""")]
    [InlineData("""{"apelido":"ana","nome":"Ana","nascimento":""}""")]
    [InlineData("""{"apelido":"ana","nome":"Ana","nascimento":"1985-9-23"}""")]
    [InlineData("""{"apelido":"ana","nome":"Ana","nascimento":"1985-13-01"}""")]
    [InlineData("""{"apelido":"ana","nome":"Ana","nascimento":"2001-02-29"}""")]
    [InlineData("""{"apelido":"ana","nome":"Ana","nascimento":"1985-09-23 "}""")]
    [InlineData("""{"apelido":"ana","nome":"Ana","nascimento":"23/09/1985"}""")]
    [InlineData("""{"apelido":"a\u0000","nome":"Ana","nascimento":"1985-09-23"}""")]
    [InlineData("""{"apelido":"ana","apelido":null,"nome":"Ana","nascimento":"1985-09-23"}""")]
    public void Read_MissingNullOrNoDate_Unacceptable(string json) => AssertFault(PersonFault.Unacceptable, json);

    [Theory]
    [InlineData("apelido", 32)]
    [InlineData("nome", 100)]
    [InlineData("stack", 32)]
    public void Read_LengthInLetters_BoundIsIn(string field, int most)
    {
        foreach (var letter in (string[])["a", "é", "\U0001F600"])
        {
            string Json(int letters) => Right.Replace(
                field switch { "apelido" => "\"ana\"", "nome" => "\"Ana Barbosa\"", _ => "\"Node\"" },
                JsonSerializer.Serialize(string.Concat(Enumerable.Repeat(letter, letters))), StringComparison.Ordinal);
            Assert.NotNull(Read(Json(most)).Person);
            AssertFault(PersonFault.Unacceptable, Json(most + 1));
        }
    }

    [Fact]
    public void Read_NotUtf8_Malformed()
    {
        byte[] body = [.. Encoding.UTF8.GetBytes(Right)];
        body[12] = 0xff;
        Assert.Equal(PersonFault.Malformed, PersonReader.Read(body, PersonNames.Portuguese).Fault);
    }

    [Fact]
    public void Read_English_ItsOwnWords()
    {
        var person = PersonReader.Read("""{"nickname":"ana","fullname":"Ana","dob":"1985-09-23","apelido":1}"""u8, PersonNames.English).Person;
        Assert.Equal(("ana", "Ana", new DateOnly(1985, 9, 23)), (person?.Nickname, person?.FullName, person?.Born));
    }

    [Fact]
    public void Read_AnyBytes_NeverThrows()
    {
        var random = new Random(7);
        var bytes = Encoding.UTF8.GetBytes(Right);
        for (var round = 0; round < 100_000; round++)
        {
            var body = bytes.ToArray();
            for (var change = random.Next(1, 6); change > 0; change--) body[random.Next(body.Length)] = (byte)random.Next(256);
            var reading = PersonReader.Read(body.AsSpan(0, random.Next(body.Length + 1)), PersonNames.Portuguese);
            Assert.True(reading.Person is null != reading.Problem is null);
        }
    }

    private static PersonReading Read(string json) => PersonReader.Read(Encoding.UTF8.GetBytes(json), PersonNames.Portuguese);

    private static void AssertFault(PersonFault fault, string json)
    {
        var reading = Read(json);
        Assert.Null(reading.Person);
        Assert.Equal(fault, reading.Fault);
        Assert.NotEmpty(reading.Problem!);
    }
}
