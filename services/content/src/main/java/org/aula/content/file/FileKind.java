package org.aula.content.file;

/// Kinds of files, as in the contract, without prefix.
public enum FileKind {
    IMAGE,
    VIDEO,
    AUDIO,
    DOCUMENT,
    SCORM,
    ARCHIVE,
    OTHER
}
