namespace BlobsServer.Tests.Stores;

/// <summary>Answers of PostgreSQL are gone on with where they come in (SocketCompletions).</summary>
[Trait("Store", "any")]
public sealed class SocketThreadTests
{
    /// <summary>
    /// .NET has one thread for all sockets when it only wakes others, and one for each processor when it goes on itself. (With
    /// one processor this says nothing.)
    /// </summary>
    [Fact]
    public async Task In_front_of_PostgreSQL_each_processor_has_a_thread_that_goes_on_with_answers()
    {
        await using var server = await RunningServer.StartAsync("--store", await TestStore.MakeAsync(TestStore.PostgreSql));
        Assert.Equal(Environment.ProcessorCount, ThreadNames(server.Process.Pid).Count(name => name == ".NET Sockets"));
    }

    private static IEnumerable<string> ThreadNames(int pid) =>
        Directory.GetDirectories($"/proc/{pid}/task").Select(thread => File.ReadAllText($"{thread}/comm").TrimEnd('\n'));
}
