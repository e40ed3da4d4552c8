package org.aula.courses.olx;

/// Why an archive is refused as a whole. The names are stable: callers map them to error reasons.
public enum RefusalReason {
    /// The file is not gzip.
    NOT_GZIP,
    /// What was compressed is not a tar archive, or holds no entry.
    NOT_TAR,
    /// The archive ends too early or contradicts its own checksums.
    CORRUPT_ARCHIVE,
    /// An entry's name is absolute, climbs out by `..`, or holds a backslash, NUL or control character.
    UNSAFE_NAME,
    /// A symbolic or hard link.
    LINK,
    /// A device, pipe, sparse file or any other kind of entry than file and folder.
    SPECIAL_FILE,
    /// Two entries claim the same name, or one a file below another file.
    DUPLICATE_ENTRY,
    /// More entries than [Limits#maxEntries].
    TOO_MANY_ENTRIES,
    /// More than [Limits#maxExpandedBytes].
    TOO_LARGE,
    /// One XML, HTML or JSON file over [Limits#maxTextFileBytes], or all together over
    /// [Limits#maxTextBytes].
    TEXT_TOO_LARGE,
    /// Expands more than [Limits#maxRatio] times: a bomb.
    RATIO_TOO_HIGH,
    /// Tar headers over [Limits#maxHeaderBytes].
    HEADER_TOO_LARGE,
    /// An XML file has a DOCTYPE, the door to external entities and entity expansion.
    XML_DOCTYPE,
    /// An XML file nests deeper than [Limits#maxXmlDepth] or has more than [Limits#maxXmlElements].
    XML_TOO_COMPLEX,
    /// No `course.xml` at the top or in the one folder at the top, or the file that it points to is missing.
    COURSE_XML_MISSING,
    /// `course.xml`, or the file that it points to, is not well-formed.
    COURSE_XML_MALFORMED,
    /// The root element is no `course` (a content library, for example).
    NOT_A_COURSE,
    /// A chapter, sequential or vertical contains itself.
    CYCLIC_REFERENCE,
    /// References nest deeper than [Limits#maxReferenceDepth].
    REFERENCES_TOO_DEEP,
    /// The manifest of an exported course is not of its form or version.
    MANIFEST_INVALID,
    /// The manifest names a file that is not there, or an asset without bytes.
    FILE_MISSING,
    /// The manifest does not name this file.
    FILE_UNLISTED,
    /// A file is not what the manifest says.
    CHECKSUM_MISMATCH,
    /// A file of an exported course is not of its form, or breaks a bound of the contract.
    FILE_MALFORMED,
    /// The lessons of an exported course contradict each other.
    OUTLINE_INVALID
}
