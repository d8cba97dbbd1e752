namespace Graph.Report.Document;

/// <summary>Everything that a report says, in the order in which every writer says it (<see cref="Outline"/>).</summary>
internal sealed record ReportDocument(string Title, IReadOnlyList<ReportSection> Sections);

/// <summary>What a section is about; scripts find it by this name.</summary>
internal enum SectionKind
{
    /// <summary>Which scenario the sections that follow are about.</summary>
    Scenario,

    /// <summary>The sentence that somebody in a hurry reads.</summary>
    Verdict,

    /// <summary>The forest plot and the table behind it.</summary>
    Ratios,

    /// <summary>Whether the answer may be believed.</summary>
    Checks,

    /// <summary>Each action by itself: effect, limiter, law.</summary>
    Actions,

    /// <summary>The other pictures.</summary>
    Pictures,

    /// <summary>Tables with all figures.</summary>
    Figures,

    /// <summary>How it was measured and how the answers were found.</summary>
    Method,
}

/// <param name="Kind">What it is about.</param>
/// <param name="Title">Its heading.</param>
/// <param name="Parts">From top to bottom.</param>
internal sealed record ReportSection(SectionKind Kind, string Title, IReadOnlyList<ReportPart> Parts);

internal abstract record ReportPart;

/// <summary>Sentences with one message each.</summary>
/// <param name="Name">What they are about; null where the section's title says it.</param>
/// <param name="Sentences">In their order.</param>
internal sealed record SentencesPart(string? Name, IReadOnlyList<Sentence> Sentences) : ReportPart;

internal sealed record TablePart(ReportTable Table) : ReportPart;

internal sealed record PicturePart(DrawnPicture Picture) : ReportPart;

/// <summary>What a sentence or a value amounts to, for a colour or a sign beside it; the words say it too.</summary>
internal enum Tone
{
    Plain,
    Faster,
    Slower,
    Equivalent,
    Open,

    /// <summary>A check that found nothing wrong.</summary>
    Passed,

    /// <summary>A check that found something to bear in mind.</summary>
    Doubtful,

    /// <summary>A check that could not be made.</summary>
    Unknown,
}

/// <param name="Text">Without a full stop at its end.</param>
/// <param name="Tone">What it amounts to.</param>
internal sealed record Sentence(string Text, Tone Tone = Tone.Plain);

/// <summary>A picture that was drawn.</summary>
/// <param name="Kind">What it shows: "ratios", "cores".</param>
/// <param name="Name">Its file's name, without an ending.</param>
/// <param name="Title">What it says above itself.</param>
/// <param name="Svg">The picture itself; null where it could not be drawn as SVG.</param>
internal sealed record DrawnPicture(string Kind, string Name, string Title, string? Svg);
