package org.aula.courses.olx;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The archive seen from the folder that holds `course.xml`, with a record of what was used.
final class CourseFiles {
    private static final String COURSE_XML = "course.xml";

    private final OlxArchive archive;
    private final XmlReader xmlReader;
    private final String root;
    private final Set<String> accounted = new HashSet<>();

    /// @throws InvalidCourseException with COURSE_XML_MISSING
    CourseFiles(OlxArchive archive, Limits limits) {
        this.archive = archive;
        xmlReader = new XmlReader(limits);
        root = findRoot(archive);
    }

    private static String findRoot(OlxArchive archive) {
        if (archive.file(COURSE_XML).isPresent()) {
            return "";
        }
        List<String> candidates = archive.files().stream()
                .map(ArchiveFile::name)
                .filter(name -> name.endsWith("/" + COURSE_XML) && name.indexOf('/') == name.lastIndexOf('/'))
                .toList();
        if (candidates.size() != 1) {
            throw new InvalidCourseException(RefusalReason.COURSE_XML_MISSING, COURSE_XML);
        }
        String only = candidates.getFirst();
        return only.substring(0, only.length() - COURSE_XML.length());
    }

    /// The file at a path relative to the course's folder.
    Optional<ArchiveFile> find(String path) {
        return archive.file(root + path);
    }

    /// `course/` for example, or empty.
    String root() {
        return root;
    }

    /// Files of the folder in the order of the archive.
    List<ArchiveFile> below(String folder) {
        return archive.files().stream()
                .filter(file -> file.name().startsWith(root + folder))
                .toList();
    }

    /// Where `url_name` leads: colons stand for folders.
    static String path(String tag, String urlName, String ending) {
        return tag + "/" + urlName.replace(':', '/') + ending;
    }

    XmlNode.Element xml(ArchiveFile file) throws XmlReader.MalformedXmlException {
        account(file.name());
        return xmlReader.read(file);
    }

    /// The content as UTF-8; what is none becomes U+FFFD.
    String text(ArchiveFile file) {
        account(file.name());
        try {
            String text = new String(Files.readAllBytes(file.location()), StandardCharsets.UTF_8);
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The content of an optional file, empty if there is none.
    String textOrEmpty(String path) {
        return find(path).map(this::text).orElse("");
    }

    /// Read, imported or listed as skipped: in any case not forgotten.
    void account(String name) {
        accounted.add(name);
    }

    List<ArchiveFile> unaccounted() {
        return archive.files().stream()
                .filter(file -> !accounted.contains(file.name()))
                .toList();
    }
}
