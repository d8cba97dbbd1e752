namespace RequestClient;

/// <summary>A run could not be done, for a reason outside this program; the message is one line that says what to do.</summary>
internal sealed class RunFailedException(string message, Exception? cause = null) : Exception(message, cause);
