namespace MultiProc.Configuration;

/// <summary>The program that stands between clients and workers.</summary>
internal enum ProxyKind
{
    None,
    Haproxy,
    Nginx,
}
