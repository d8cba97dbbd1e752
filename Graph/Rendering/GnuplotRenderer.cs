using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using Graph.Charts;

namespace Graph.Rendering;

/// <summary>
/// Draws figures with gnuplot, one short-lived child process a picture: script in by stdin, picture out by stdout.
/// </summary>
internal sealed class GnuplotRenderer : IFigureRenderer
{
    private const string Program = "gnuplot";
    private const string Remedy = "install it with 'apt-get install gnuplot-nox' (or 'make deps') and run Graph again";
    /// <summary>ENOENT.</summary>
    private const int NoSuchFile = 2;

    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(1);

    public async Task<Drawing> DrawAsync(Figure figure, PictureFormat format, CancellationToken cancel)
    {
        // -d: neither the machine's nor the user's start-up file may change our pictures.
        var start = new ProcessStartInfo(Program, ["-d", "-"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        Process? gnuplot;
        try
        {
            gnuplot = Process.Start(start);
        }
        catch (Win32Exception failure)
        {
            return new Drawing(null, failure.NativeErrorCode == NoSuchFile
                ? $"no pictures, as gnuplot is not installed: {Remedy}"
                : $"gnuplot can't be started ({failure.Message}): {Remedy}");
        }

        using (gnuplot!)
        {
            using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancel);
            deadline.CancelAfter(Deadline);
            try
            {
                var drawing = await ConverseAsync(gnuplot!, GnuplotScript.Of(figure, format), deadline.Token);
                return format == PictureFormat.Svg && drawing.Bytes is { } svg
                    ? new Drawing(Encoding.UTF8.GetBytes(SvgFonts.WithFallbacks(Encoding.UTF8.GetString(svg))), null)
                    : drawing;
            }
            catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
            {
                return new Drawing(
                    null, $"gnuplot did not finish a picture within {Deadline.TotalSeconds} s: try again on a quieter machine");
            }
            finally
            {
                if (!gnuplot!.HasExited) gnuplot.Kill();
            }
        }
    }

    private static async Task<Drawing> ConverseAsync(Process gnuplot, string script, CancellationToken cancel)
    {
        using var picture = new MemoryStream();
        var output = gnuplot.StandardOutput.BaseStream.CopyToAsync(picture, cancel);
        var complaints = gnuplot.StandardError.ReadToEndAsync(cancel);
        try
        {
            await gnuplot.StandardInput.WriteAsync(script.AsMemory(), cancel);
            gnuplot.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended early; what it said on stderr tells why.
        }

        await output;
        var said = await complaints;
        await gnuplot.WaitForExitAsync(cancel);
        if (gnuplot.ExitCode == 0 && picture.Length > 0) return new Drawing(picture.ToArray(), null);
        var first = said.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .LastOrDefault() ?? "no message";
        return new Drawing(
            null,
            $"gnuplot ended with status {gnuplot.ExitCode}: {first} (gnuplot 5.4 or later with pngcairo and svg is needed: {Remedy})");
    }
}
