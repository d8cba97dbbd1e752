using MultiProc.WaysIn;

namespace MultiProc.Tests.WaysIn;

public sealed class HaproxyCountersTests
{
    [Fact]
    public void Parse_Stat_ByColumnNameAndNotByPlace()
    {
        const string csv =
            """
            # svname,pxname,req_tot,stot,qcur,scur,check_status,-,
            FRONTEND,blobs,30,3,,1,,,
            FRONTEND,stats,9,9,,1,,,
            w1,workers,,17,2,1,,,
            w2,workers,,13,,0,,,
            BACKEND,workers,,30,2,1,,,

            """;
        var counters = HaproxyCounters.Parse(csv, "workers");
        Assert.Equal(30, counters.Requests);
        Assert.Equal(["w1", "w2"], counters.Slots.Keys.Order());
        Assert.Equal(new SlotCounters(Requests: 17, UnderWay: 3), counters.Slots["w1"]);
        Assert.Equal(new SlotCounters(Requests: 13, UnderWay: 0), counters.Slots["w2"]);
        Assert.False(counters.SlotsAreChecked);
    }

    [Fact]
    public void Parse_TcpMode_ConnectionsAreNotTakenForRequests()
    {
        const string csv = "# pxname,svname,stot,scur,qcur,req_tot,mode\nblobs,FRONTEND,10,1,,,tcp\nworkers,w1,10,1,0,,tcp\n";
        var counters = HaproxyCounters.Parse(csv, "workers");
        Assert.Null(counters.Requests);
        Assert.Equal(new SlotCounters(Requests: null, UnderWay: 1), counters.Slots["w1"]);
    }

    [Theory]
    [InlineData("UP", false)]
    [InlineData("no check", false)]
    [InlineData("MAINT", false)]
    [InlineData("DOWN", true)]
    [InlineData("DOWN 1/2", true)]
    public void Parse_Status_IsDown(string status, bool isDown) =>
        Assert.Equal(
            isDown, HaproxyCounters.Parse($"# pxname,svname,status\nworkers,w1,{status}\n", "workers").Slots["w1"].IsDown);

    [Fact]
    public void Parse_SlotWithCheck_SlotsAreChecked()
    {
        const string csv = "# pxname,svname,stot,scur,qcur,req_tot,check_status\nworkers,w1,0,0,0,,L7OK\n";
        Assert.True(HaproxyCounters.Parse(csv, "workers").SlotsAreChecked);
    }
}
