package org.aula.courses.export;

import build.buf.protovalidate.Validator;
import build.buf.protovalidate.exceptions.ValidationException;
import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParser;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.aula.api.assignments.v1.NewQuiz;
import org.aula.api.content.v1.AssetVisibility;
import org.aula.api.courses.v1.ArchivedAsset;
import org.aula.api.courses.v1.ArchivedContent;
import org.aula.api.courses.v1.ArchivedFile;
import org.aula.api.courses.v1.CourseArchive;
import org.aula.api.courses.v1.CourseArchiveManifest;
import org.aula.courses.duplicate.CourseSnapshot;
import org.aula.courses.lesson.LessonContent.Page;
import org.aula.courses.lesson.LessonContentMapper;
import org.aula.courses.lesson.LessonContents;
import org.aula.courses.media.CourseFile;
import org.aula.courses.media.FileVisibility;
import org.aula.courses.olx.ArchiveFile;
import org.aula.courses.olx.InvalidCourseException;
import org.aula.courses.olx.RefusalReason;
import org.aula.kernel.error.ServiceException;

/// The JSON files of an archive: messages of the contract, whose bounds hold for what is read.
@Singleton
final class ArchiveMapper {

    private static final String FORMAT = "aula-course";
    private static final int VERSION = 1;

    /// The printer of protobuf writes `<` as six characters; texts of lessons are full of them.
    private static final Gson PLAIN = new GsonBuilder().disableHtmlEscaping().create();

    private final Validator validator;

    ArchiveMapper(Validator validator) {
        this.validator = validator;
    }

    static byte[] toJson(CourseSnapshot course) {
        return toJson(OutlineMapper.toProto(course));
    }

    static byte[] toJson(List<Page> pages) {
        return toJson(ArchivedContent.newBuilder()
                .addAllPages(LessonContentMapper.toProto(pages))
                .build());
    }

    static byte[] toJson(Manifest manifest) {
        var message = CourseArchiveManifest.newBuilder().setFormat(FORMAT).setVersion(VERSION);
        manifest.files()
                .forEach((name, entry) -> message.addFiles(ArchivedFile.newBuilder()
                        .setName(name)
                        .setSizeBytes(entry.sizeBytes())
                        .setSha256(entry.sha256())));
        manifest.media().forEach(media -> message.addAssets(message(media)));
        return toJson(message.build());
    }

    /// @throws InvalidCourseException with MANIFEST_INVALID or FILE_MISSING
    Manifest manifest(ArchiveFile file) {
        var message = read(file, CourseArchiveManifest.getDefaultInstance(), RefusalReason.MANIFEST_INVALID);
        var files = new HashMap<String, Manifest.Entry>();
        message.getFilesList()
                .forEach(entry ->
                        files.put(entry.getName(), new Manifest.Entry(entry.getSizeBytes(), entry.getSha256())));
        var media = message.getAssetsList().stream()
                .map(asset -> media(asset, files))
                .toList();
        return new Manifest(files, media);
    }

    /// @throws InvalidCourseException with FILE_MALFORMED or OUTLINE_INVALID
    CourseSnapshot course(ArchiveFile file) {
        var message = read(file, CourseArchive.getDefaultInstance(), RefusalReason.FILE_MALFORMED);
        try {
            return OutlineMapper.fromProto(message);
        } catch (ServiceException refused) {
            throw malformed(file.name(), refused);
        }
    }

    /// @throws InvalidCourseException with FILE_MALFORMED
    List<Page> content(ArchiveFile file) {
        var message = read(file, ArchivedContent.getDefaultInstance(), RefusalReason.FILE_MALFORMED);
        try {
            var pages = LessonContentMapper.fromProto(message.getPagesList());
            LessonContents.requireFits(pages);
            return pages;
        } catch (ServiceException refused) {
            throw malformed(file.name(), refused);
        }
    }

    /// Checks a quiz.
    ///
    /// @throws InvalidCourseException with FILE_MALFORMED, or OUTLINE_INVALID when its lesson is not for quizzes
    void requireQuiz(ArchiveFile file, CourseSnapshot course) {
        var lessonId = read(file, NewQuiz.getDefaultInstance(), RefusalReason.FILE_MALFORMED)
                .getLessonId();
        if (!lessonId.isEmpty() && !course.lessonsForQuizzes().contains(UUID.fromString(lessonId))) {
            throw new InvalidCourseException(
                    RefusalReason.OUTLINE_INVALID, file.name(), "there is no lesson for quizzes " + lessonId);
        }
    }

    private static InvalidCourseException malformed(String name, ServiceException refused) {
        return new InvalidCourseException(RefusalReason.FILE_MALFORMED, name, String.valueOf(refused.getMessage()));
    }

    static byte[] toJson(Message message) {
        try {
            var printed = JsonFormat.printer().omittingInsignificantWhitespace().print(message);
            return PLAIN.toJson(JsonParser.parseString(printed)).getBytes(StandardCharsets.UTF_8);
        } catch (InvalidProtocolBufferException impossible) {
            throw new IllegalStateException("these messages hold no Any", impossible);
        }
    }

    /// @param form any message of the type
    @SuppressWarnings("unchecked")
    private <M extends Message> M read(ArchiveFile file, M form, RefusalReason reason) {
        var into = form.newBuilderForType();
        try {
            JsonFormat.parser().merge(Files.readString(file.location()), into);
            var message = (M) into.build();
            var violations = validator.validate(message).toProto();
            if (violations.getViolationsCount() > 0) {
                var first = violations.getViolations(0);
                var path = first.getField().getElementsList().stream()
                        .map(element ->
                                element.getFieldName() + (element.hasIndex() ? "[" + element.getIndex() + "]" : ""))
                        .toList();
                throw new InvalidCourseException(
                        reason, file.name(), String.join(".", path) + " " + first.getMessage());
            }
            return message;
        } catch (InvalidProtocolBufferException | java.nio.charset.CharacterCodingException broken) {
            throw new InvalidCourseException(reason, file.name(), "it is not the JSON that it should be");
        } catch (ValidationException broken) {
            throw new IllegalStateException("the contract's rules do not compile", broken);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static ArchivedAsset.Builder message(ArchivedMedia media) {
        var file = media.file();
        var lessonId = file.lessonId();
        return ArchivedAsset.newBuilder()
                .setId(media.id().toString())
                .setFileName(file.fileName())
                .setMediaType(file.mediaType())
                .setVisibility(AssetVisibility.valueOf(
                        "ASSET_VISIBILITY_" + file.visibility().name()))
                .setLessonId(lessonId == null ? "" : lessonId.toString());
    }

    private static ArchivedMedia media(ArchivedAsset asset, Map<String, Manifest.Entry> files) {
        var id = UUID.fromString(asset.getId());
        var entry = files.get(ArchivedMedia.name(id));
        if (entry == null || entry.sizeBytes() == 0) {
            throw new InvalidCourseException(
                    RefusalReason.FILE_MISSING, ArchivedMedia.name(id), "the manifest names an asset without bytes");
        }
        return new ArchivedMedia(
                id,
                new CourseFile(
                        asset.getId(),
                        asset.getFileName(),
                        asset.getMediaType(),
                        entry.sizeBytes(),
                        entry.sha256(),
                        switch (asset.getVisibility()) {
                            case ASSET_VISIBILITY_PUBLIC -> FileVisibility.PUBLIC;
                            case ASSET_VISIBILITY_COURSE -> FileVisibility.COURSE;
                            case ASSET_VISIBILITY_PRIVATE, ASSET_VISIBILITY_UNSPECIFIED, UNRECOGNIZED ->
                                FileVisibility.PRIVATE;
                        },
                        asset.getLessonId().isEmpty() ? null : UUID.fromString(asset.getLessonId())));
    }
}
