package org.aula.courses.olx;

/// What an archive may cost. All sizes are bytes after decompression unless said otherwise.
///
/// @param maxEntries files and folders in the archive
/// @param maxExpandedBytes the whole tar stream, headers included
/// @param maxTextFileBytes one XML, HTML or JSON file outside `static/`
/// @param maxTextBytes all those files together, because their content is held in memory
/// @param maxRatio expanded bytes per compressed byte, looked at after `ratioGraceBytes`
/// @param ratioGraceBytes expanded bytes up to which any ratio is accepted
/// @param maxHeaderBytes tar headers in front of one entry (long names and PAX records are held in memory)
/// @param maxXmlDepth nested elements in one XML file
/// @param maxXmlElements elements in one XML file
/// @param maxHtmlTags tags in one HTML document; a longer one is skipped, not refused
/// @param maxReferenceDepth files that lead from the course to a block
public record Limits(
        int maxEntries,
        long maxExpandedBytes,
        long maxTextFileBytes,
        long maxTextBytes,
        int maxRatio,
        long ratioGraceBytes,
        long maxHeaderBytes,
        int maxXmlDepth,
        int maxXmlElements,
        int maxHtmlTags,
        int maxReferenceDepth) {
    private static final long MEBIBYTE = 1L << 20;

    /// Bounds that every course we know of stays far below.
    public static final Limits DEFAULT = new Limits(
            20_000,
            2048 * MEBIBYTE,
            5 * MEBIBYTE,
            64 * MEBIBYTE,
            200,
            64 * MEBIBYTE,
            MEBIBYTE,
            100,
            100_000,
            50_000,
            32);

    public Limits withMaxEntries(int entries) {
        return new Limits(
                entries,
                maxExpandedBytes,
                maxTextFileBytes,
                maxTextBytes,
                maxRatio,
                ratioGraceBytes,
                maxHeaderBytes,
                maxXmlDepth,
                maxXmlElements,
                maxHtmlTags,
                maxReferenceDepth);
    }

    public Limits withMaxExpandedBytes(long bytes) {
        return new Limits(
                maxEntries,
                bytes,
                maxTextFileBytes,
                maxTextBytes,
                maxRatio,
                ratioGraceBytes,
                maxHeaderBytes,
                maxXmlDepth,
                maxXmlElements,
                maxHtmlTags,
                maxReferenceDepth);
    }

    public Limits withMaxTextBytes(long bytes) {
        return new Limits(
                maxEntries,
                maxExpandedBytes,
                maxTextFileBytes,
                bytes,
                maxRatio,
                ratioGraceBytes,
                maxHeaderBytes,
                maxXmlDepth,
                maxXmlElements,
                maxHtmlTags,
                maxReferenceDepth);
    }
}
