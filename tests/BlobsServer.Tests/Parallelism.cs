// Most of these tests wait: for a slow disk, a lock, a time-out. So more of them run at once than there are processors.
[assembly: CollectionBehavior(MaxParallelThreads = 6)]
