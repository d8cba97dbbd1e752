using Blobs.TestSupport;

[assembly: AssemblyFixture(typeof(RunningStores))]
