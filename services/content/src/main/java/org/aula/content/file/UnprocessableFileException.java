package org.aula.content.file;

/// The file cannot be worked on, and trying again would not help. The message is for people: it names no
/// content of the file.
public final class UnprocessableFileException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public UnprocessableFileException(String message) {
        super(message);
    }

    public UnprocessableFileException(String message, Throwable cause) {
        super(message, cause);
    }
}
