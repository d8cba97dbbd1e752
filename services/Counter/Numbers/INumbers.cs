namespace Counter.Numbers;

/// <summary>How one request comes by its number.</summary>
internal interface INumbers
{
    /// <returns>The number; null past the limit.</returns>
    Task<long?> NextAsync(CancellationToken cancellation);
}
