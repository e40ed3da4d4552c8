package org.aula.content.file;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.mime.MediaType;
import org.apache.tika.mime.MediaTypeRegistry;
import org.apache.tika.mime.MimeTypes;

/// What a file is, as its bytes say. Names and announcements are not asked, except where bytes cannot tell:
/// which sort of text it is, and whether a film has a picture.
///
/// @param found media type that the bytes show
/// @param effective the more precise of what was found and what was announced
public record FileType(String found, String effective, FileKind kind) {

    private static final int HEAD_BYTES = 64 * 1024;
    private static final Duration MAX_DURATION = Duration.ofSeconds(20);
    private static final MimeTypes TYPES = MimeTypes.getDefaultMimeTypes();
    private static final MediaTypeRegistry REGISTRY = TYPES.getMediaTypeRegistry();
    private static final String OFFICE = "application/vnd.openxmlformats-officedocument.";
    private static final String SVG = "image/svg+xml";

    /// Names of one and the same, and containers whose first bytes do not say what lies in them.
    private static final List<Set<String>> ALIKE = List.of(
            Set.of("image/jpeg", "image/jpg", "image/pjpeg"),
            Set.of("image/bmp", "image/x-ms-bmp", "image/x-bmp"),
            Set.of("image/x-icon", "image/vnd.microsoft.icon"),
            Set.of("image/heic", "image/heif", "image/heic-sequence", "image/heif-sequence"),
            Set.of("audio/mpeg", "audio/mp3"),
            Set.of("audio/wav", "audio/x-wav", "audio/wave", "audio/vnd.wave"),
            Set.of("audio/flac", "audio/x-flac"),
            Set.of("audio/aac", "audio/x-aac"),
            Set.of(
                    "video/mp4",
                    "audio/mp4",
                    "application/mp4",
                    "video/quicktime",
                    "video/x-m4v",
                    "audio/x-m4a",
                    "video/3gpp",
                    "video/3gpp2"),
            Set.of("video/webm", "audio/webm", "video/x-matroska", "audio/x-matroska", "application/x-matroska"),
            Set.of(
                    "audio/ogg",
                    "video/ogg",
                    "application/ogg",
                    "audio/opus",
                    "audio/vorbis",
                    "audio/x-oggflac",
                    "video/theora",
                    "audio/speex",
                    "video/x-ogm"),
            Set.of("application/zip", "application/x-zip-compressed", "application/x-zip"),
            Set.of("application/gzip", "application/x-gzip", "application/x-tgz"),
            Set.of("application/x-tar", "application/x-gtar"),
            Set.of("application/xml", "text/xml"),
            Set.of("application/rtf", "text/rtf"),
            Set.of("application/x-rar-compressed", "application/vnd.rar", "application/x-rar"));

    private static final Set<String> ARCHIVES = Set.of(
            "application/zip",
            "application/gzip",
            "application/x-tar",
            "application/x-gtar",
            "application/x-7z-compressed",
            "application/x-rar-compressed",
            "application/x-bzip2",
            "application/x-xz",
            "application/zstd",
            "application/java-archive");

    private static final Set<String> DOCUMENTS = Set.of(
            "application/pdf",
            "application/rtf",
            "application/epub+zip",
            "application/x-tika-msoffice",
            "application/msword",
            "application/vnd.ms-excel",
            "application/vnd.ms-powerpoint");

    /// What the bytes of a file show.
    ///
    /// @param announced the type that was announced
    public static FileType of(FileBytes bytes, String announced) {
        var head = bytes.read(0, HEAD_BYTES);
        var found = detect(head);
        if (isZip(found)) {
            return ofContainer(bytes, found, announced);
        }
        if (found.equals("text/plain") && normal(announced).equals(SVG) && hasSvg(head)) {
            found = SVG;
        }
        return of(found, announced, false);
    }

    /// Whether a file of this type may go by the announced one.
    public boolean mayBe(String announced) {
        var name = normal(announced);
        if (name.equals("application/octet-stream") || name.equals(found) || alike(name, found)) {
            return true;
        }
        if (found.equals("application/octet-stream")) {
            return !showsInBytes(name);
        }
        if (name.equals(SVG) || isOffice(name)) {
            return false;
        }
        var here = MediaType.parse(found);
        var there = MediaType.parse(name);
        return REGISTRY.isSpecializationOf(here, there)
                || REGISTRY.isSpecializationOf(there, here)
                || here.getType().equals("text") && there.getType().equals("text");
    }

    private static FileType ofContainer(FileBytes bytes, String found, String announced) {
        try (var zip = ZipContainer.open(bytes, new WorkBudget(MAX_DURATION))) {
            var inside = inside(zip, found);
            return of(inside, announced, zip.has(LearningPackage.MANIFEST));
        } catch (UnprocessableFileException broken) {
            return of("application/zip", announced, false);
        }
    }

    private static String inside(ZipContainer zip, String found) {
        if (zip.has("[Content_Types].xml")) {
            if (zip.has("word/document.xml")) {
                return OFFICE + "wordprocessingml.document";
            }
            if (zip.has("xl/workbook.xml")) {
                return OFFICE + "spreadsheetml.sheet";
            }
            if (zip.has("ppt/presentation.xml")) {
                return OFFICE + "presentationml.presentation";
            }
        }
        return found.equals("application/x-tika-ooxml") ? "application/zip" : found;
    }

    private static FileType of(String found, String announced, boolean learning) {
        var name = normal(announced);
        var effective = isMoreGeneral(found, name) ? name : found;
        return new FileType(found, effective, learning ? FileKind.SCORM : kind(found, effective));
    }

    private static boolean isMoreGeneral(String found, String announced) {
        return alike(found, announced)
                || !found.equals("application/octet-stream")
                        && REGISTRY.isSpecializationOf(MediaType.parse(announced), MediaType.parse(found));
    }

    private static FileKind kind(String found, String effective) {
        var family = effective.substring(0, effective.indexOf('/'));
        return switch (family) {
            case "image" -> FileKind.IMAGE;
            case "video" -> FileKind.VIDEO;
            case "audio" -> FileKind.AUDIO;
            case "text" -> FileKind.DOCUMENT;
            default -> {
                if (DOCUMENTS.contains(found) || DOCUMENTS.contains(effective) || isOffice(found)) {
                    yield FileKind.DOCUMENT;
                }
                yield ARCHIVES.contains(found) ? FileKind.ARCHIVE : FileKind.OTHER;
            }
        };
    }

    private static String detect(byte[] head) {
        try {
            return TYPES.detect(new ByteArrayInputStream(head), new Metadata())
                    .getBaseType()
                    .toString();
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static boolean isZip(String type) {
        return type.equals("application/zip")
                || type.equals("application/x-tika-ooxml")
                || REGISTRY.isSpecializationOf(MediaType.parse(type), MediaType.APPLICATION_ZIP);
    }

    static boolean isOffice(String type) {
        return type.startsWith(OFFICE) || type.startsWith("application/vnd.oasis.opendocument.");
    }

    /// Files of these types have first bytes that tell them.
    private static boolean showsInBytes(String announced) {
        var family = announced.substring(0, announced.indexOf('/'));
        return Set.of("image", "video", "audio", "text").contains(family)
                || DOCUMENTS.contains(announced)
                || ARCHIVES.contains(announced)
                || isOffice(announced);
    }

    private static boolean alike(String one, String other) {
        return ALIKE.stream().anyMatch(names -> names.contains(one) && names.contains(other));
    }

    private static boolean hasSvg(byte[] head) {
        return new String(head, StandardCharsets.UTF_8).contains("<svg");
    }

    private static String normal(String announced) {
        var type = MediaType.parse(announced);
        return type == null
                ? "application/octet-stream"
                : REGISTRY.normalize(type).getBaseType().toString();
    }
}
